import asyncio

import httpx


class Prices:
    def __init__(self, client):
        self.client = client

    async def of(self, article):
        reply = await self.client.get(f"/articles/{article}")
        return reply.json()["price"]

    async def total(self, articles):
        return sum(await asyncio.gather(*(self.of(article) for article in articles)))
