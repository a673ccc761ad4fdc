SELECT
  *
FROM "events" AS "t0"
WHERE
  "t0"."source" = 'icews'
  AND "t0"."actor" IN ('RUS', 'USA')
  AND "t0"."recipient" <> 'CHN'
  AND "t0"."day" >= toDate32('2021-03-01')
ORDER BY
  "t0"."row" ASC
LIMIT 100;
