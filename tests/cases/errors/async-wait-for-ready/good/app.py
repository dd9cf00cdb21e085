import asyncio

import httpx

STATUS = "https://jobs.example/status"


class NotReady(Exception):
    pass


async def status(job):
    async with httpx.AsyncClient(timeout=5) as client:
        reply = await client.get(f"{STATUS}/{job}")
    reply.raise_for_status()
    return reply.json()["state"]


async def wait_until_done(job):
    try:
        async with asyncio.timeout(60):
            while True:
                try:
                    if await status(job) == "done":
                        return job
                except (httpx.HTTPError, ValueError, KeyError, TypeError):
                    pass  # it may be starting
                await asyncio.sleep(10)
    except TimeoutError:
        raise NotReady(job) from None
