import httpx


class Prices:
    def __init__(self, client):
        self.client = client

    async def total(self, articles):
        reply = await self.client.post("/articles", json={"ids": list(articles)})
        return sum(reply.json())
