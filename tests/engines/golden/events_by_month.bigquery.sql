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
      DATE(EXTRACT(year FROM `t0`.`day`), EXTRACT(month FROM `t0`.`day`), 1) AS `start`
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
    DATE(2021, 1, 1),
    DATE(2021, 2, 1),
    DATE(2021, 3, 1),
    DATE(2021, 4, 1),
    DATE(2021, 5, 1),
    DATE(2021, 6, 1)
  );
