"""Says whether a page of a customer is up; an ASGI application with httpx."""

import json
from urllib.parse import parse_qs, urlsplit

import httpx

ALLOWED = ("shop.example", "blog.example")


async def status_of(url):
    if urlsplit(url).scheme != "https" or urlsplit(url).netloc not in ALLOWED:
        raise ValueError(url)
    async with httpx.AsyncClient(timeout=3) as client:
        return (await client.get(url)).status_code


async def app(scope, receive, send):
    assert scope["type"] == "http"
    url = parse_qs(scope["query_string"].decode("latin-1")).get("url", [""])[0]
    try:
        status, answer = 200, {"status": await status_of(url)}
    except (httpx.HTTPError, httpx.InvalidURL, ValueError):
        status, answer = 400, {"error": "not one of our pages, or it is down"}
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
