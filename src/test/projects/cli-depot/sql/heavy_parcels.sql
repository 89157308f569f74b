SELECT number, weight
FROM (VALUES (71, 2.5), (72, 11.25), (73, 12.0)) AS parcel(number, weight)
WHERE weight > $over
ORDER BY number
