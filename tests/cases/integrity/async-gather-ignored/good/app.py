import asyncio
import logging

import httpx

log = logging.getLogger("deliver")


class NotDelivered(Exception):
    pass


async def deliver(client, shop, order):
    reply = await client.post(f"https://{shop}.example/orders", json=order)
    reply.raise_for_status()


async def place(order, shops):
    async with httpx.AsyncClient(timeout=5) as client:
        results = await asyncio.gather(*(deliver(client, shop, order) for shop in shops), return_exceptions=True)
    failed = [shop for shop, result in zip(shops, results) if isinstance(result, BaseException)]
    if failed:
        log.error("not delivered to %s", failed)
        raise NotDelivered(failed)
    return len(results)
