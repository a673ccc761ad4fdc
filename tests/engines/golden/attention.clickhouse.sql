SELECT
  "t1"."period" AS "period",
  COALESCE(sumIf("t1"."events", "t1"."hit"), 0) AS "events",
  SUM(CAST("t1"."hit" AS Nullable(Int32))) AS "rows",
  SUM("t1"."events") AS "total",
  COUNT(*) AS "total_rows"
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
    toDate32(
      CONCAT(
        toString(toYear("t0"."day")),
        '-',
        LPAD(toString(toMonth("t0"."day")), 2, '0'),
        '-',
        LPAD(toString(1), 2, '0')
      )
    ) AS "period",
    "t0"."recipient" = 'USA' AS "hit"
  FROM "events" AS "t0"
  WHERE
    "t0"."source" = 'icews' AND "t0"."actor" = 'RUS' AND "t0"."recipient" <> 'RUS'
) AS "t1"
GROUP BY
  "t1"."period";
