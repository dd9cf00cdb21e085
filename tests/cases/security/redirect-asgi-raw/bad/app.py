"""A page that sends visitors on, over ASGI."""
from urllib.parse import parse_qs

KNOWN = {"docs": "https://docs.example/", "shop": "https://shop.example/"}


async def application(scope, receive, send):
    query = parse_qs(scope["query_string"].decode())
    target = query.get("to", ["docs"])[0]
    headers = [(b"location", target.encode("latin-1", "replace")), (b"content-length", b"0")]
    await send({"type": "http.response.start", "status": 302, "headers": headers})
    await send({"type": "http.response.body", "body": b""})
