SELECT
  *
FROM (
  SELECT DISTINCT
    "t0"."start" AS "start",
    "t0"."end" AS "end",
    "t0"."actor" AS "id"
  FROM "measures" AS "t0"
  WHERE
    "t0"."source" = 'un_votes' AND isNotNull("t0"."actor")
) AS "t1"
UNION DISTINCT
SELECT
  *
FROM (
  SELECT DISTINCT
    "t0"."start" AS "start",
    "t0"."end" AS "end",
    "t0"."recipient" AS "id"
  FROM "measures" AS "t0"
  WHERE
    "t0"."source" = 'un_votes' AND isNotNull("t0"."recipient")
) AS "t2";
