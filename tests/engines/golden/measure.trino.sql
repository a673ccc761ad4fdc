SELECT
  "t1"."actor",
  "t1"."recipient",
  "t1"."start",
  COUNT(*) AS "rows",
  ARRAY_AGG("t1"."value") FILTER(WHERE
    "t1"."value" IS NOT NULL) AS "values",
  SUM("t1"."n") AS "exposure"
FROM (
  SELECT
    *
  FROM "measures" AS "t0"
  WHERE
    "t0"."source" = 'un_votes'
    AND "t0"."measure" = 'agreement'
    AND "t0"."start" >= FROM_ISO8601_DATE('1946-01-01')
    AND "t0"."end" <= FROM_ISO8601_DATE('2023-01-01')
    AND "t0"."actor" IS NOT NULL
    AND "t0"."recipient" IS NOT NULL
) AS "t1"
GROUP BY
  1,
  2,
  3;
