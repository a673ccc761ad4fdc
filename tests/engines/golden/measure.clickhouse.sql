SELECT
  "t1"."actor" AS "actor",
  "t1"."recipient" AS "recipient",
  "t1"."start" AS "start",
  COUNT(*) AS "rows",
  groupArray("t1"."value") AS "values",
  SUM("t1"."n") AS "exposure"
FROM (
  SELECT
    *
  FROM "measures" AS "t0"
  WHERE
    "t0"."source" = 'un_votes'
    AND "t0"."measure" = 'agreement'
    AND "t0"."start" >= toDate32('1946-01-01')
    AND "t0"."end" <= toDate32('2023-01-01')
    AND isNotNull("t0"."actor")
    AND isNotNull("t0"."recipient")
) AS "t1"
GROUP BY
  "t1"."actor",
  "t1"."recipient",
  "t1"."start";
