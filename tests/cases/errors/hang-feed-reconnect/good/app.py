import asyncio
import logging

import httpx

log = logging.getLogger("feed")


class FeedError(Exception):
    pass


async def latest_headline(url):
    async with httpx.AsyncClient(base_url=url) as client:
        for delay in (1, 2, 4, None):
            try:
                reply = await client.get("/latest")
                break
            except httpx.TransportError as exc:
                log.warning("feed is away: %s", type(exc).__name__)
                if delay is None:
                    raise FeedError("the feed is away") from exc
                await asyncio.sleep(delay)
            except httpx.HTTPError as exc:
                raise FeedError("the feed is odd") from exc
    try:
        reply.raise_for_status()
        headline = reply.json()["headline"]
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise FeedError("the feed is odd") from exc
    if not isinstance(headline, str):
        raise FeedError("the feed is odd")
    return headline
