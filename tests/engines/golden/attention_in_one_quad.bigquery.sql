SELECT
  `t1`.`period`,
  COALESCE(SUM(IF(`t1`.`hit`, `t1`.`events`, NULL)), 0) AS `events`,
  SUM(CAST(`t1`.`hit` AS INT64)) AS `rows`,
  SUM(`t1`.`events`) AS `total`,
  COUNT(*) AS `total_rows`
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
    DATE_TRUNC(`t0`.`day`, WEEK(MONDAY)) AS `period`,
    (
      `t0`.`recipient` = 'USA'
    )
    AND COALESCE(`t0`.`quad` = 'verbal_cooperation', FALSE) AS `hit`
  FROM `events` AS `t0`
  WHERE
    `t0`.`source` = 'icews' AND `t0`.`actor` = 'RUS' AND `t0`.`recipient` <> 'RUS'
) AS `t1`
GROUP BY
  1;
