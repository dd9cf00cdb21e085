"""Wind stations near paragliding take-offs."""
import logging
from dataclasses import dataclass

import httpx

log = logging.getLogger("wind.stations")
METEO = "https://api.meteo.example/v2"


class StationDown(Exception):
    pass


@dataclass(frozen=True)
class Reading:
    station: str
    wind: float
    gust: float


def speed(value):
    if isinstance(value, bool) or not isinstance(value, (int, float)) or not 0 <= value < 500:
        raise ValueError("not a wind speed")
    return value


async def fetch(http, station):
    try:
        reply = await http.get(f"{METEO}/stations/{station}/latest")
        reply.raise_for_status()
        body = reply.json()
        return Reading(station, speed(body["wind_kmh"]), speed(body["gust_kmh"]))
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        log.warning("station %s gave no reading: %s", station, type(exc).__name__)
        raise StationDown(station) from exc
