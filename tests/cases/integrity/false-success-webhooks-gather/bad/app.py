import asyncio
import logging

import httpx

log = logging.getLogger("webhooks")


class DeliveryError(Exception):
    def __init__(self, urls):
        super().__init__(f"{len(urls)} partners were not reached")
        self.urls = urls


class Dispatcher:
    def __init__(self, transport=None):
        self.http = httpx.AsyncClient(transport=transport, timeout=5)

    async def close(self):
        await self.http.aclose()

    async def deliver(self, url, event):
        reply = await self.http.post(url, json=event)
        reply.raise_for_status()

    async def dispatch(self, urls, event):
        await asyncio.gather(*(self.deliver(url, event) for url in urls), return_exceptions=True)
        log.info("delivered to %d partners", len(urls))
        return {"delivered": len(urls)}
