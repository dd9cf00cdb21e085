"""Who owns a domain: a bare ASGI application in front of a program."""

import asyncio
import json
from urllib.parse import parse_qs


async def lookup(domain):
    process = await asyncio.create_subprocess_shell("echo owner of " + domain, stdout=asyncio.subprocess.PIPE)
    out, _ = await process.communicate()
    return process.returncode, out.decode().strip()


async def respond(send, status, document):
    headers = [(b"content-type", b"application/json")]
    await send({"type": "http.response.start", "status": status, "headers": headers})
    await send({"type": "http.response.body", "body": json.dumps(document).encode()})


async def app(scope, receive, send):
    if scope["type"] != "http" or scope["path"] != "/whois":
        return await respond(send, 404, {"error": "no such page"})
    domain = parse_qs(scope["query_string"].decode("latin-1")).get("domain", [""])[0]
    if not domain:
        return await respond(send, 400, {"error": "which domain?"})
    try:
        code, text = await lookup(domain)
    except (OSError, ValueError):
        return await respond(send, 503, {"error": "cannot ask now"})
    await respond(send, 200 if code == 0 else 502, {"whois": text})
