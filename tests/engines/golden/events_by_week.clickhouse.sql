SELECT
  *
FROM (
  SELECT
    "t1"."actor" AS "actor",
    "t1"."recipient" AS "recipient",
    "t1"."start" AS "start",
    COUNT(*) AS "rows",
    SUM("t1"."events") AS "all",
    sumIf("t1"."events", "t1"."quad" IN ('verbal_cooperation')) AS "verbal_cooperation",
    sumIf("t1"."events", "t1"."quad" IN ('material_cooperation')) AS "material_cooperation",
    sumIf("t1"."events", "t1"."quad" IN ('verbal_conflict')) AS "verbal_conflict",
    sumIf("t1"."events", "t1"."quad" IN ('material_conflict')) AS "material_conflict"
  FROM (
    SELECT
      "t0"."source" AS "source",
      "t0"."row" AS "row",
      "t0"."day" AS "day",
      "t0"."precision" AS "precision",
      "t0"."actor" AS "actor",
      "t0"."recipient" AS "recipient",
      "t0"."actor_name" AS "actor_name",
      "t0"."recipient_name" AS "recipient_name",
      "t0"."event_type" AS "event_type",
      "t0"."quad" AS "quad",
      "t0"."code" AS "code",
      "t0"."goldstein_tenths" AS "goldstein_tenths",
      "t0"."events" AS "events",
      "t0"."available" AS "available",
      "t0"."story" AS "story",
      "t0"."origins" AS "origins",
      dateTrunc('WEEK', "t0"."day") AS "start"
    FROM "events" AS "t0"
    WHERE
      "t0"."source" = 'icews' AND "t0"."actor" <> "t0"."recipient"
  ) AS "t1"
  GROUP BY
    "t1"."actor",
    "t1"."recipient",
    "t1"."start"
) AS "t2"
WHERE
  "t2"."start" IN (
    toDate32('2021-01-04'),
    toDate32('2021-01-11'),
    toDate32('2021-01-18'),
    toDate32('2021-01-25'),
    toDate32('2021-02-01'),
    toDate32('2021-02-08'),
    toDate32('2021-02-15'),
    toDate32('2021-02-22'),
    toDate32('2021-03-01'),
    toDate32('2021-03-08'),
    toDate32('2021-03-15'),
    toDate32('2021-03-22'),
    toDate32('2021-03-29'),
    toDate32('2021-04-05'),
    toDate32('2021-04-12'),
    toDate32('2021-04-19'),
    toDate32('2021-04-26'),
    toDate32('2021-05-03'),
    toDate32('2021-05-10'),
    toDate32('2021-05-17'),
    toDate32('2021-05-24'),
    toDate32('2021-05-31'),
    toDate32('2021-06-07'),
    toDate32('2021-06-14'),
    toDate32('2021-06-21')
  );
