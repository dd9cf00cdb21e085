from datetime import datetime, time, timedelta
from zoneinfo import ZoneInfo

import httpx

ZONE = ZoneInfo("Europe/Berlin")
PRICES = "https://grid.example/prices"


class NoPrices(Exception):
    pass


def hours_of(day):
    """How many hours that day has."""
    start = datetime.combine(day, time(), ZONE)
    end = datetime.combine(day + timedelta(days=1), time(), ZONE)
    return round((end.timestamp() - start.timestamp()) / 3600)


def cheapest_hours(client, count=3):
    """The cheapest hours of today: when to run the heat pump."""
    today = datetime.now(ZONE).date()
    try:
        reply = client.get(PRICES, params={"zone": "DE"}, timeout=5)
        reply.raise_for_status()
        prices = [float(cents) for cents in reply.json()["cents"]]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise NoPrices("no prices today") from exc
    hours = range(hours_of(today))
    return sorted(sorted(hours, key=lambda hour: prices[hour])[:count])
