SELECT
  "t5"."day",
  "t5"."actor",
  "t5"."recipient",
  "t5"."event_type",
  CAST("t5"."goldstein_tenths" AS BIGINT) AS "goldstein_tenths",
  CAST("t5"."events" AS BIGINT) AS "events",
  "t5"."quad",
  'icews' AS "source",
  CONCAT_WS(
    '|',
    CAST("t5"."day" AS VARCHAR),
    "t5"."actor",
    "t5"."recipient",
    COALESCE("t5"."event_type", 'none')
  ) AS "row",
  'week' AS "precision",
  "t5"."actor" AS "actor_name",
  "t5"."recipient" AS "recipient_name",
  CAST(NULL AS VARCHAR) AS "code",
  CAST(NULL AS DATE) AS "available",
  CAST(NULL AS VARCHAR) AS "story",
  CAST("t5"."events" AS BIGINT) AS "origins"
FROM (
  SELECT
    "t4"."day",
    "t4"."actor",
    "t4"."recipient",
    "t4"."event_type",
    "t4"."goldstein_tenths",
    "t4"."events",
    "t4"."quad"
  FROM (
    SELECT
      "t2"."day",
      "t2"."actor",
      "t2"."recipient",
      "t2"."event_type",
      "t2"."goldstein_tenths",
      "t2"."events",
      "t3"."event_type" AS "event_type_right",
      "t3"."quad"
    FROM "packed" AS "t2"
    LEFT OUTER JOIN "lookup_a4de06a8af84" AS "t3"
      ON "t2"."event_type" = "t3"."event_type"
  ) AS "t4"
) AS "t5";
