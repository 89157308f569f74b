SELECT s.id,
       s.name,
       s.district,
       s.docks,
       s.opened,
       {'lat': s.lat, 'lon': s.lon} AS position,
       {
           'started': (SELECT count(*) FROM trip WHERE from_station = s.id),
           'ended': (SELECT count(*) FROM trip WHERE to_station = s.id)
       } AS trips
FROM station AS s
WHERE s.id = $station_id;
