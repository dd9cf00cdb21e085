import json

import respx

from app import notify


@respx.mock
def test_notify():
    route = respx.post("https://chat.example/messages").respond(201, json={"id": 1})
    assert notify("ops", "backup is done") == {"channel": "ops", "sent": True}
    assert json.loads(route.calls.last.request.content) == {"channel": "ops", "text": "backup is done"}
    assert route.calls.last.request.headers["Idempotency-Key"]
