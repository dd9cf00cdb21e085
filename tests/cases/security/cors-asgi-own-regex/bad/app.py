import json
import re

OWN = re.compile(r"https?://testserver")


async def app(scope, receive, send):
    assert scope["type"] == "http"
    origin = dict(scope["headers"]).get(b"origin", b"").decode("latin-1")
    headers = [(b"content-type", b"application/json")]
    if OWN.match(origin):
        headers += [(b"access-control-allow-origin", origin.encode()), (b"access-control-allow-credentials", b"true")]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"ok": True}).encode()})
