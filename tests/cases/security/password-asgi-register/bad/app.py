"""Registration, a bare ASGI application on SQLite."""

import hashlib
import json
import os
import sqlite3


class Register:
    def __init__(self, conn):
        self.conn = conn

    async def __call__(self, scope, receive, send):
        message = await receive()
        try:
            status, answer = self.register(json.loads(message.get("body", b"")))
        except (KeyError, TypeError, ValueError):
            status, answer = 400, {"error": "nickname and passphrase, as texts"}
        except sqlite3.IntegrityError:
            status, answer = 409, {"error": "somebody is called so"}
        except sqlite3.Error:
            status, answer = 503, {"error": "not now"}
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    def register(self, wanted):
        name, phrase = wanted["nickname"], wanted["password"]
        if not isinstance(name, str) or not isinstance(phrase, str) or len(phrase) < 8:
            raise ValueError("too short")
        kept = phrase.encode().hex()
        with self.conn:
            self.conn.execute("INSERT INTO people (name, secret) VALUES (?, ?)", (name.encode().decode(), kept))
        return 201, {"nickname": name}
