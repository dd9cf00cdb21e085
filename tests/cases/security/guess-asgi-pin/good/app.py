"""A door that opens with a PIN, over plain ASGI."""

import hmac
import json
import secrets
from urllib.parse import parse_qs

PINS = {"front": "402917"}
MOST = 5


class Door:
    def __init__(self):
        self.failures = {}

    def enter(self, name, pin):
        if self.failures.get(name, 0) >= MOST:
            return 423, {"error": "ask the porter"}
        if hmac.compare_digest(PINS.get(name, "").encode(), pin.encode("utf-8", "replace")):
            self.failures.pop(name, None)
            return 200, {"token": secrets.token_urlsafe(16)}
        self.failures[name] = self.failures.get(name, 0) + 1
        return 401, {"error": "no"}


async def read(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return parse_qs(body.decode("utf-8", "replace"))


def make_app():
    door = Door()

    async def app(scope, receive, send):
        assert scope["type"] == "http"
        form = await read(receive)
        status, answer = door.enter(form.get("door", [""])[0], form.get("pin", [""])[0])
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    return app
