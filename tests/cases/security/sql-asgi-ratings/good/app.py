"""How films were rated: an ASGI application of its own, on SQLite."""

import json
import sqlite3
from urllib.parse import parse_qs


class Ratings:
    def __init__(self, conn):
        self.conn = conn

    def above(self, stars, country):
        sql, given = "SELECT title FROM films WHERE stars >= ?", [stars]
        if country:
            sql += " AND country = ?"
            given.append(country)
        return [title for (title,) in self.conn.execute(sql + " ORDER BY title LIMIT 50", given)]


def make_app(conn):
    ratings = Ratings(conn)

    async def app(scope, receive, send):
        assert scope["type"] == "http"
        query = parse_qs(scope["query_string"].decode("latin-1"))
        try:
            found = ratings.above(float(query["stars"][0]), query.get("country", [""])[0])
            status, answer = 200, {"films": found}
        except (KeyError, ValueError):
            status, answer = 400, {"error": "how many stars?"}
        except sqlite3.Error:
            status, answer = 503, {"error": "not now"}
        headers = [(b"content-type", b"application/json")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": json.dumps(answer).encode()})

    return app
