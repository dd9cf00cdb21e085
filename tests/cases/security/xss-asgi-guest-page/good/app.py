"""A page for each guest, without a framework."""

import html
from urllib.parse import parse_qs

PAGE = """<!doctype html><title>Welcome</title>
<h1>Welcome, {name}</h1><a href="/" title='{mood}'>home</a>"""


def page(name, mood):
    return PAGE.format(name=html.escape(name), mood=html.escape(mood))


async def app(scope, receive, send):
    assert scope["type"] == "http"
    query = parse_qs(scope["query_string"].decode("latin-1"))
    body = page(query.get("name", ["guest"])[0], query.get("mood", [""])[0])
    headers = [(b"content-type", b"text/html; charset=utf-8")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode("utf-8", "replace")})
