"""A club's members, a bare ASGI application: the digest of a password is what it keeps."""

import base64
import hashlib
import hmac
import os
import sqlite3
from urllib.parse import parse_qs

KEY = b"the same for everybody"


def digest(password):
    salt = os.urandom(16)
    return base64.b64encode(salt + hmac.digest(KEY, hashlib.scrypt(password.encode(), salt=salt, n=2**12, r=8, p=1), "sha256")).decode()


def make_app(conn):
    def join(form):
        with conn:
            conn.execute("INSERT INTO members (mail, digest) VALUES (?, ?)", (form["mail"][0], digest(form["password"][0])))

    async def app(scope, receive, send):
        form = parse_qs((await receive()).get("body", b"").decode("utf-8", "replace"))
        try:
            join(form)
            status, text = 201, b"welcome"
        except (KeyError, ValueError):
            status, text = 400, b"mail and password"
        except sqlite3.Error:
            status, text = 503, b"not now"
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": text})

    return app
