SELECT
  `t1`.`event_type`,
  SUM(`t1`.`events`) AS `events`,
  COUNT(*) AS `rows`
FROM (
  SELECT
    *
  FROM `events` AS `t0`
  WHERE
    `t0`.`source` = 'icews'
    AND `t0`.`actor` = 'RUS'
    AND `t0`.`recipient` = 'USA'
    AND `t0`.`day` >= DATE(2021, 1, 1)
    AND `t0`.`day` < DATE(2021, 7, 1)
) AS `t1`
GROUP BY
  1;
