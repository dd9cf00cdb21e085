"""A list of what to buy, which the client keeps for us."""

import base64
import json


def decode(text):
    return json.loads(base64.b64decode(text))


async def app(scope, receive, send):
    assert scope["type"] == "http"
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    try:
        items = decode(body)["items"]
        status, answer = 200, {"count": len(items)}
    except (ValueError, EOFError, TypeError, KeyError):
        status, answer = 400, {"error": "no such list"}
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
