WITH counted AS (
    SELECT *
    FROM trip
    WHERE started_at::DATE BETWEEN $from_day AND $to_day
      AND list_contains($riders, rider)
)
SELECT hour(started_at)          AS hour,
       count(*)                  AS trips,
       round(sum(kilometres), 1) AS kilometres,
       sum(fare)                 AS fares,
       min(started_at)           AS first_trip
FROM counted
GROUP BY ALL
ORDER BY trips DESC, hour
LIMIT $limit
