SELECT
  *
FROM (
  SELECT
    `t1`.`actor`,
    `t1`.`recipient`,
    `t1`.`start`,
    COUNT(*) AS `rows`,
    SUM(`t1`.`events`) AS `all`,
    SUM(IF(`t1`.`quad` IN ('verbal_cooperation'), `t1`.`events`, NULL)) AS `verbal_cooperation`,
    SUM(IF(`t1`.`quad` IN ('material_cooperation'), `t1`.`events`, NULL)) AS `material_cooperation`,
    SUM(IF(`t1`.`quad` IN ('verbal_conflict'), `t1`.`events`, NULL)) AS `verbal_conflict`,
    SUM(IF(`t1`.`quad` IN ('material_conflict'), `t1`.`events`, NULL)) AS `material_conflict`
  FROM (
    SELECT
      `t0`.`source`,
      `t0`.`row`,
      `t0`.`day`,
      `t0`.`precision`,
      `t0`.`actor`,
      `t0`.`recipient`,
      `t0`.`actor_name`,
      `t0`.`recipient_name`,
      `t0`.`event_type`,
      `t0`.`quad`,
      `t0`.`code`,
      `t0`.`goldstein_tenths`,
      `t0`.`events`,
      `t0`.`available`,
      `t0`.`story`,
      `t0`.`origins`,
      DATE_TRUNC(`t0`.`day`, WEEK(MONDAY)) AS `start`
    FROM `events` AS `t0`
    WHERE
      `t0`.`source` = 'icews' AND `t0`.`actor` <> `t0`.`recipient`
  ) AS `t1`
  GROUP BY
    1,
    2,
    3
) AS `t2`
WHERE
  `t2`.`start` IN (
    DATE(2021, 1, 4),
    DATE(2021, 1, 11),
    DATE(2021, 1, 18),
    DATE(2021, 1, 25),
    DATE(2021, 2, 1),
    DATE(2021, 2, 8),
    DATE(2021, 2, 15),
    DATE(2021, 2, 22),
    DATE(2021, 3, 1),
    DATE(2021, 3, 8),
    DATE(2021, 3, 15),
    DATE(2021, 3, 22),
    DATE(2021, 3, 29),
    DATE(2021, 4, 5),
    DATE(2021, 4, 12),
    DATE(2021, 4, 19),
    DATE(2021, 4, 26),
    DATE(2021, 5, 3),
    DATE(2021, 5, 10),
    DATE(2021, 5, 17),
    DATE(2021, 5, 24),
    DATE(2021, 5, 31),
    DATE(2021, 6, 7),
    DATE(2021, 6, 14),
    DATE(2021, 6, 21)
  );
