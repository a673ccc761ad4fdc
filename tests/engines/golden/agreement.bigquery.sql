SELECT
  *
FROM `measures` AS `t0`
WHERE
  `t0`.`source` = 'un_votes'
  AND `t0`.`measure` = 'agreement'
  AND `t0`.`actor` = 'RUS'
  AND `t0`.`recipient` = 'USA'
  AND `t0`.`start` >= DATE(1946, 1, 1)
  AND `t0`.`end` <= DATE(2023, 1, 1)
ORDER BY
  `t0`.`start` ASC NULLS LAST;
