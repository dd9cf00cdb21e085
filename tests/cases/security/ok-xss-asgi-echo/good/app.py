"""Echoes of a bare ASGI application: JSON, plain text, a page that escapes, a file to keep."""

import html
import json
from urllib.parse import parse_qs, quote


def as_json(text):
    return "application/json", json.dumps({"text": text, "page": f"<p>{text}</p>"})


def as_text(text):
    return "text/plain; charset=utf-8", f"<b>{text}</b>"


def as_page(text):
    safe = html.escape(text)
    return "text/html; charset=utf-8", f'<p title="{safe}">{safe}</p><a href="/page?text={quote(text)}">again</a>'


def as_csv(text):
    return "text/csv; charset=utf-8", 'text\r\n"' + text.replace('"', '""') + '"\r\n'


WAYS = {"/json": as_json, "/text": as_text, "/page": as_page, "/csv": as_csv}


async def app(scope, receive, send):
    way = WAYS.get(scope["path"])
    text = parse_qs(scope["query_string"].decode("ascii", "replace"), errors="replace").get("text", [""])[0]
    status, (kind, body) = (200, way(text)) if way else (404, ("text/plain", "no such page: " + scope["path"]))
    headers = [(b"content-type", kind.encode()), (b"x-content-type-options", b"nosniff")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": body.encode("utf-8", "replace")})
