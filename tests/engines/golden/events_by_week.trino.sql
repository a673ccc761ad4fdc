SELECT
  *
FROM (
  SELECT
    "t1"."actor",
    "t1"."recipient",
    "t1"."start",
    COUNT(*) AS "rows",
    SUM("t1"."events") AS "all",
    SUM("t1"."events") FILTER(WHERE
      "t1"."quad" IN ('verbal_cooperation')) AS "verbal_cooperation",
    SUM("t1"."events") FILTER(WHERE
      "t1"."quad" IN ('material_cooperation')) AS "material_cooperation",
    SUM("t1"."events") FILTER(WHERE
      "t1"."quad" IN ('verbal_conflict')) AS "verbal_conflict",
    SUM("t1"."events") FILTER(WHERE
      "t1"."quad" IN ('material_conflict')) AS "material_conflict"
  FROM (
    SELECT
      "t0"."source",
      "t0"."row",
      "t0"."day",
      "t0"."precision",
      "t0"."actor",
      "t0"."recipient",
      "t0"."actor_name",
      "t0"."recipient_name",
      "t0"."event_type",
      "t0"."quad",
      "t0"."code",
      "t0"."goldstein_tenths",
      "t0"."events",
      "t0"."available",
      "t0"."story",
      "t0"."origins",
      DATE_TRUNC('WEEK', "t0"."day") AS "start"
    FROM "events" AS "t0"
    WHERE
      "t0"."source" = 'icews' AND "t0"."actor" <> "t0"."recipient"
  ) AS "t1"
  GROUP BY
    1,
    2,
    3
) AS "t2"
WHERE
  "t2"."start" IN (
    FROM_ISO8601_DATE('2021-01-04'),
    FROM_ISO8601_DATE('2021-01-11'),
    FROM_ISO8601_DATE('2021-01-18'),
    FROM_ISO8601_DATE('2021-01-25'),
    FROM_ISO8601_DATE('2021-02-01'),
    FROM_ISO8601_DATE('2021-02-08'),
    FROM_ISO8601_DATE('2021-02-15'),
    FROM_ISO8601_DATE('2021-02-22'),
    FROM_ISO8601_DATE('2021-03-01'),
    FROM_ISO8601_DATE('2021-03-08'),
    FROM_ISO8601_DATE('2021-03-15'),
    FROM_ISO8601_DATE('2021-03-22'),
    FROM_ISO8601_DATE('2021-03-29'),
    FROM_ISO8601_DATE('2021-04-05'),
    FROM_ISO8601_DATE('2021-04-12'),
    FROM_ISO8601_DATE('2021-04-19'),
    FROM_ISO8601_DATE('2021-04-26'),
    FROM_ISO8601_DATE('2021-05-03'),
    FROM_ISO8601_DATE('2021-05-10'),
    FROM_ISO8601_DATE('2021-05-17'),
    FROM_ISO8601_DATE('2021-05-24'),
    FROM_ISO8601_DATE('2021-05-31'),
    FROM_ISO8601_DATE('2021-06-07'),
    FROM_ISO8601_DATE('2021-06-14'),
    FROM_ISO8601_DATE('2021-06-21')
  );
