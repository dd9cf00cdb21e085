"""Sets the temperature of a room; a bare ASGI application."""

import json

ROOMS = {"kitchen": 20.0}


def set_room(name, wanted):
    degrees = round(float(wanted["degrees"]), 1)
    minutes = int(wanted.get("minutes", 60))
    until = 1440 // minutes
    if not 5 <= degrees <= 30:
        return 422, {"error": "between 5 and 30"}
    ROOMS[name] = degrees
    return 200, {"room": name, "degrees": degrees, "changes": until}


async def app(scope, receive, send):
    name = scope["path"].strip("/")
    body = (await receive()).get("body", b"")
    try:
        wanted = json.loads(body)
    except ValueError:
        status, answer = 400, {"error": "JSON, please"}
    else:
        status, answer = set_room(name, wanted) if name in ROOMS else (404, {"error": "no such room"})
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
