import asyncio
import time

import httpx


class Unavailable(Exception):
    pass


class Throttled:
    """At most one request in `gap` seconds. A clock that is set back makes nobody wait longer than that."""

    def __init__(self, client, gap=0.5):
        self.client, self.gap, self._last = client, gap, 0.0

    async def get(self, url):
        since = time.time() - self._last
        if since < self.gap:
            await asyncio.sleep(min(self.gap, max(0.0, self.gap - since)))
        self._last = time.time()
        try:
            reply = await self.client.get(url, timeout=5)
            reply.raise_for_status()
            return reply.text
        except httpx.HTTPError as exc:
            raise Unavailable("no answer") from exc


async def both(client, urls):
    throttled = Throttled(client)
    deadline = time.time() + 30
    texts = []
    for url in urls:
        if time.time() > deadline:
            break
        texts.append(await throttled.get(url))
    return texts
