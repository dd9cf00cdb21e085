import re

import httpx2

TRANSPORT = None


class TideError(Exception):
    pass


async def next_high_tide(harbour):
    if not re.fullmatch("[a-z]{1,30}", harbour):
        raise TideError("no such harbour")
    try:
        async with httpx2.AsyncClient(transport=TRANSPORT, timeout=None) as client:
            reply = await client.get(f"https://tides.example/harbours/{harbour}/next")
        reply.raise_for_status()
        high = reply.json()["high"]
    except (httpx2.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise TideError("tides are unknown") from exc
    if not isinstance(high, str):
        raise TideError("tides are unknown")
    return high
