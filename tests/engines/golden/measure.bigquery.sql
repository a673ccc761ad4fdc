SELECT
  `t1`.`actor`,
  `t1`.`recipient`,
  `t1`.`start`,
  COUNT(*) AS `rows`,
  ARRAY_AGG(`t1`.`value` IGNORE NULLS) AS `values`,
  SUM(`t1`.`n`) AS `exposure`
FROM (
  SELECT
    *
  FROM `measures` AS `t0`
  WHERE
    `t0`.`source` = 'un_votes'
    AND `t0`.`measure` = 'agreement'
    AND `t0`.`start` >= DATE(1946, 1, 1)
    AND `t0`.`end` <= DATE(2023, 1, 1)
    AND `t0`.`actor` IS NOT NULL
    AND `t0`.`recipient` IS NOT NULL
) AS `t1`
GROUP BY
  1,
  2,
  3;
