import re
from urllib.parse import parse_qs


async def app(scope, receive, send):
    assert scope["type"] == "http"
    trace = parse_qs(scope["query_string"].decode("latin-1")).get("trace", ["none"])[0]
    await send({"type": "http.response.start", "status": 200, "headers": [(b"x-trace", trace.encode("utf-8"))]})
    await send({"type": "http.response.body", "body": b"pong"})
