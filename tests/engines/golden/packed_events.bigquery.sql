SELECT
  `t5`.`day`,
  `t5`.`actor`,
  `t5`.`recipient`,
  `t5`.`event_type`,
  CAST(`t5`.`goldstein_tenths` AS INT64) AS `goldstein_tenths`,
  CAST(`t5`.`events` AS INT64) AS `events`,
  `t5`.`quad`,
  'icews' AS `source`,
  ARRAY_TO_STRING(
    [
      CAST(`t5`.`day` AS STRING),
      `t5`.`actor`,
      `t5`.`recipient`,
      COALESCE(`t5`.`event_type`, 'none')
    ],
    '|'
  ) AS `row`,
  'week' AS `precision`,
  `t5`.`actor` AS `actor_name`,
  `t5`.`recipient` AS `recipient_name`,
  CAST(NULL AS STRING) AS `code`,
  CAST(NULL AS DATE) AS `available`,
  CAST(NULL AS STRING) AS `story`,
  CAST(`t5`.`events` AS INT64) AS `origins`
FROM (
  SELECT
    `t4`.*
    EXCEPT (`event_type_right`)
  FROM (
    SELECT
      `t2`.`day`,
      `t2`.`actor`,
      `t2`.`recipient`,
      `t2`.`event_type`,
      `t2`.`goldstein_tenths`,
      `t2`.`events`,
      `t3`.`event_type` AS `event_type_right`,
      `t3`.`quad`
    FROM `packed` AS `t2`
    LEFT OUTER JOIN `lookup_a4de06a8af84` AS `t3`
      ON `t2`.`event_type` = `t3`.`event_type`
  ) AS `t4`
) AS `t5`;
