SELECT
  "t5"."day" AS "day",
  "t5"."actor" AS "actor",
  "t5"."recipient" AS "recipient",
  "t5"."event_type" AS "event_type",
  CAST("t5"."goldstein_tenths" AS Nullable(Int64)) AS "goldstein_tenths",
  CAST("t5"."events" AS Nullable(Int64)) AS "events",
  "t5"."quad" AS "quad",
  'icews' AS "source",
  CONCAT_WS(
    '|',
    CAST("t5"."day" AS Nullable(String)),
    "t5"."actor",
    "t5"."recipient",
    COALESCE("t5"."event_type", 'none')
  ) AS "row",
  'week' AS "precision",
  "t5"."actor" AS "actor_name",
  "t5"."recipient" AS "recipient_name",
  CAST(NULL AS Nullable(String)) AS "code",
  CAST(NULL AS Nullable(DATE)) AS "available",
  CAST(NULL AS Nullable(String)) AS "story",
  CAST("t5"."events" AS Nullable(Int64)) AS "origins"
FROM (
  SELECT
    "t4".*
    EXCEPT ("event_type_right")
  FROM (
    SELECT
      "t2"."day" AS "day",
      "t2"."actor" AS "actor",
      "t2"."recipient" AS "recipient",
      "t2"."event_type" AS "event_type",
      "t2"."goldstein_tenths" AS "goldstein_tenths",
      "t2"."events" AS "events",
      "t3"."event_type" AS "event_type_right",
      "t3"."quad" AS "quad"
    FROM "packed" AS "t2"
    LEFT OUTER JOIN "lookup_a4de06a8af84" AS "t3"
      ON "t2"."event_type" = "t3"."event_type"
  ) AS "t4"
) AS "t5";
