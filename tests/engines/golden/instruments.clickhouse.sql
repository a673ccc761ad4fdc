SELECT
  "t1"."event_type" AS "event_type",
  SUM("t1"."events") AS "events",
  COUNT(*) AS "rows"
FROM (
  SELECT
    *
  FROM "events" AS "t0"
  WHERE
    "t0"."source" = 'icews'
    AND "t0"."actor" = 'RUS'
    AND "t0"."recipient" = 'USA'
    AND "t0"."day" >= toDate32('2021-01-01')
    AND "t0"."day" < toDate32('2021-07-01')
) AS "t1"
GROUP BY
  "t1"."event_type";
