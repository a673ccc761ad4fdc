SELECT
  *
FROM "measures" AS "t0"
WHERE
  "t0"."source" = 'un_votes'
  AND "t0"."measure" = 'agreement'
  AND "t0"."actor" = 'RUS'
  AND "t0"."recipient" = 'USA'
  AND "t0"."start" >= FROM_ISO8601_DATE('1946-01-01')
  AND "t0"."end" <= FROM_ISO8601_DATE('2023-01-01')
ORDER BY
  "t0"."start" ASC;
