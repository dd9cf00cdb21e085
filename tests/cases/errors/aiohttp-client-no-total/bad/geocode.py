"""Address to coordinates, with aiohttp."""
import asyncio
import logging
from dataclasses import dataclass
from typing import NamedTuple

import aiohttp

logger = logging.getLogger("geocode")


class Position(NamedTuple):
    lat: float
    lon: float


@dataclass(frozen=True)
class Result:
    position: Position | None = None
    error: str | None = None

    @property
    def ok(self):
        return self.error is None


class Geocoder:
    def __init__(self, base_url: str):
        self.base_url = base_url
        self.timeout = aiohttp.ClientTimeout(total=None)
        self._session: aiohttp.ClientSession | None = None

    async def __aenter__(self):
        self._session = aiohttp.ClientSession(timeout=self.timeout)
        return self

    async def __aexit__(self, *exc_info):
        await self._session.close()

    async def locate(self, address: str) -> Result:
        try:
            async with self._session.get(f"{self.base_url}/search", params={"q": address}) as reply:
                reply.raise_for_status()
                places = await reply.json()
            if not places:
                return Result()
            return Result(Position(float(places[0]["lat"]), float(places[0]["lon"])))
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError, KeyError, TypeError, IndexError, AttributeError) as exc:
            logger.warning("geocoding failed: %s", type(exc).__name__)
            return Result(error="geocoding is not available")
