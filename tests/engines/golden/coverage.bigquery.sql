SELECT
  *
FROM (
  SELECT DISTINCT
    `t0`.`start`,
    `t0`.`end`,
    `t0`.`actor` AS `id`
  FROM `measures` AS `t0`
  WHERE
    `t0`.`source` = 'un_votes' AND `t0`.`actor` IS NOT NULL
) AS `t1`
UNION DISTINCT
SELECT
  *
FROM (
  SELECT DISTINCT
    `t0`.`start`,
    `t0`.`end`,
    `t0`.`recipient` AS `id`
  FROM `measures` AS `t0`
  WHERE
    `t0`.`source` = 'un_votes' AND `t0`.`recipient` IS NOT NULL
) AS `t2`;
