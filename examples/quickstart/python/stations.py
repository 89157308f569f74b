"""Python endpoints about stations: a function per tool, named like the tool."""

import asyncio
import logging

from mxcp.runtime import db
from shared.geo import metres_between

logger = logging.getLogger(__name__)


def nearest_stations(position: dict, limit: int) -> list[dict]:
    """Stations by their distance from a position."""
    stations = db.execute("SELECT id, name, docks, lat, lon FROM station")
    for station in stations:
        station["metres"] = metres_between(
            position["lat"], position["lon"], station.pop("lat"), station.pop("lon")
        )
    stations.sort(key=lambda station: station["metres"])
    logger.info("nearest of %d stations: %s", len(stations), stations[0]["name"])
    return stations[:limit]


async def compare_stations(station_ids: list[int]) -> dict:
    """How busy some stations are, and which one most."""
    reports = await asyncio.gather(*(usage(station_id) for station_id in station_ids))
    busiest = max(reports, key=lambda report: report["trips"])
    return {"stations": reports, "busiest": busiest["name"]}


async def usage(station_id: int) -> dict:
    # a query blocks; in a thread of its own it leaves the event loop to the other calls
    rows = await asyncio.to_thread(
        db.execute,
        """
        SELECT s.id, s.name, count(t.id) AS trips, round(trips / any_value(s.docks), 2) AS trips_per_dock
        FROM station AS s LEFT JOIN trip AS t ON s.id IN (t.from_station, t.to_station)
        WHERE s.id = $station_id
        GROUP BY s.id, s.name
        """,
        {"station_id": station_id},
    )
    if not rows:
        raise ValueError(f"there is no station {station_id}")
    return rows[0]


def station_card(station_id: int) -> str:
    """A station as a text for people."""
    rows = db.execute("SELECT name, district, docks, opened FROM station WHERE id = ?", [station_id])
    if not rows:
        raise ValueError(f"there is no station {station_id}")
    station = rows[0]
    return (
        f"# {station['name']}\n\n"
        f"{station['docks']} docks in the {station['district']} district, "
        f"open since {station['opened'].strftime('%Y-%m-%d')}.\n"
    )
