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
        results = await asyncio.gather(*(self.deliver(url, event) for url in urls), return_exceptions=True)
        failed = [url for url, result in zip(urls, results) if result is not None]
        if failed:
            log.warning("not delivered to %d of %d partners", len(failed), len(urls))
            raise DeliveryError(failed)
        return {"delivered": len(urls)}
