"""Writes down which rooms are asked for: plain ASGI, with a log of its own."""

import json
import logging
from urllib.parse import parse_qs

log = logging.getLogger("rooms")
ROOMS = {"attic": 2, "cellar": 1}


def note(room, known):
    log.info("room %s asked for (%s)", json.dumps(room), "known" if known else "unknown")


async def app(scope, receive, send):
    assert scope["type"] == "http"
    room = parse_qs(scope["query_string"].decode("latin-1")).get("room", [""])[0]
    note(room, room in ROOMS)
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": 200 if room in ROOMS else 404, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps({"beds": ROOMS.get(room)}).encode()})
