SELECT
  *
FROM "measures" AS "t0"
WHERE
  "t0"."source" = 'un_votes'
  AND "t0"."measure" = 'agreement'
  AND "t0"."actor" = 'RUS'
  AND "t0"."recipient" = 'USA'
  AND "t0"."start" >= toDate32('1946-01-01')
  AND "t0"."end" <= toDate32('2023-01-01')
ORDER BY
  "t0"."start" ASC;
