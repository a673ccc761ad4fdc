SELECT
  *
FROM `events` AS `t0`
WHERE
  `t0`.`source` = 'icews'
  AND `t0`.`actor` IN ('RUS', 'USA')
  AND `t0`.`recipient` <> 'CHN'
  AND `t0`.`day` >= DATE(2021, 3, 1)
ORDER BY
  `t0`.`row` ASC NULLS LAST
LIMIT 100;
