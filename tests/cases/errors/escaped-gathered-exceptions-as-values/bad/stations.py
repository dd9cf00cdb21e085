"""Wind stations near paragliding take-offs."""

from dataclasses import dataclass


METEO = "https://api.meteo.example/v2"


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
    reply = await http.get(f"{METEO}/stations/{station}/latest")
    reply.raise_for_status()
    body = reply.json()
    return Reading(station, speed(body["wind_kmh"]), speed(body["gust_kmh"]))
