"""Distances on the map. Imported by the endpoints as shared.geo."""

from math import asin, cos, radians, sin, sqrt

EARTH_DIAMETER_METRES = 12_742_000


def metres_between(lat1: float, lon1: float, lat2: float, lon2: float) -> int:
    """The way as the crow flies, by the haversine formula."""
    half_lat = sin(radians(lat2 - lat1) / 2)
    half_lon = sin(radians(lon2 - lon1) / 2)
    h = half_lat**2 + cos(radians(lat1)) * cos(radians(lat2)) * half_lon**2
    return round(EARTH_DIAMETER_METRES * asin(sqrt(h)))
