import httpx
from tenacity import RetryError, retry, retry_if_exception, stop_after_attempt, wait_exponential


class NoPrice(Exception):
    pass


def passing(exc):
    if isinstance(exc, httpx.HTTPStatusError):
        return exc.response.status_code in (429, 502, 503)
    return isinstance(exc, httpx.TransportError)


@retry(retry=retry_if_exception(passing), stop=stop_after_attempt(5), wait=wait_exponential(max=20))
async def fetch(item):
    async with httpx.AsyncClient(timeout=5) as client:
        reply = await client.get(f"https://prices.example/{item}")
        reply.raise_for_status()
        return reply.json()


async def price(item):
    try:
        return int((await fetch(item))["cents"])
    except (RetryError, httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise NoPrice(item) from exc
