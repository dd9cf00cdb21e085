"""Gives everybody a session, over plain ASGI."""

import json
import secrets
from http.cookies import SimpleCookie


def session_cookie():
    cookie = SimpleCookie()
    cookie["session"] = secrets.token_urlsafe(16)
    cookie["session"]["path"] = "/"
    return cookie["session"].OutputString()


async def app(scope, receive, send):
    assert scope["type"] == "http"
    headers = [(b"content-type", b"application/json"), (b"set-cookie", session_cookie().encode("latin-1"))]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"hello": "you"}).encode()})
