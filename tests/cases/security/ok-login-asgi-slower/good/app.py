"""Log-in of a bare ASGI application: each wrong password makes the next answer wait longer."""

import asyncio
import hashlib
import hmac
import json
import secrets

SALT = b"51d0"
WRONG = {}


def derived(password):
    return hashlib.scrypt(password.encode("utf-8", "replace"), salt=SALT, n=2**10, r=8, p=1)


ACCOUNTS = {"alan": derived("enigma-machine-9")}


async def login(given):
    name, password = str(given["name"]), str(given["password"])
    await asyncio.sleep(min(30, 2 ** WRONG.get(name, 0) - 1))
    known = ACCOUNTS.get(name)
    matches = await asyncio.to_thread(lambda: hmac.compare_digest(known or b"", derived(password)))
    if not matches:
        WRONG[name] = WRONG.get(name, 0) + 1
        return 401, {"error": "no"}
    WRONG.pop(name, None)
    return 200, {"token": secrets.token_urlsafe(16)}


async def app(scope, receive, send):
    try:
        status, answer = await login(json.loads((await receive()).get("body", b"")))
    except (ValueError, KeyError, TypeError):
        status, answer = 400, {"error": "name and password"}
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
