"""Log-in of a bare ASGI application; what was refused is written down for the help desk."""

import hashlib
import hmac
import json
import logging
import secrets

log = logging.getLogger("accounts")
SALT = b"2f8a"
FAILED = {}


def derived(password):
    return hashlib.pbkdf2_hmac("sha256", password.encode(), SALT, 20_000)


ACCOUNTS = {"ada": derived("correct-horse-77")}


async def body_of(receive):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            return body


async def sign_in(credentials):
    user, password = credentials["user"], credentials["password"]
    if FAILED.get(user, 0) >= 5:
        return 429, {"error": "too many attempts"}
    known = ACCOUNTS.get(user)
    if known is None or not hmac.compare_digest(known, derived(password)):
        FAILED[user] = FAILED.get(user, 0) + 1
        log.warning("refused: %r", credentials)
        return 401, {"error": "no"}
    FAILED.pop(user, None)
    return 200, {"token": secrets.token_urlsafe(16)}


async def app(scope, receive, send):
    try:
        given = json.loads(await body_of(receive))
        credentials = {"user": str(given["user"]), "password": str(given["password"])}
        credentials["password"].encode(), credentials["user"].encode()
    except (ValueError, KeyError, TypeError):
        status, answer = 400, {"error": "user and password, as JSON"}
    else:
        status, answer = await sign_in(credentials)
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
