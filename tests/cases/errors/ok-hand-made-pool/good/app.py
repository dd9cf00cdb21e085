"""Votes on the names of new animals in a zoo: WSGI without a framework."""
import json
import logging
import re
import sqlite3

from pool import Pool, PoolBusy

log = logging.getLogger("zoo.names")
VOTE = re.compile(r"/votes/([a-z]{2,12})/([A-Z][a-z]{1,15})", re.ASCII)
SHOW = re.compile(r"/votes/([a-z]{2,12})", re.ASCII)
SCHEMA = "CREATE TABLE votes (animal TEXT NOT NULL, name TEXT NOT NULL, votes INTEGER NOT NULL, PRIMARY KEY (animal, name))"


class Names:
    def __init__(self, path):
        self.pool = Pool(path)

    def vote(self, animal, name):
        with self.pool.connection() as conn:
            conn.execute(
                "INSERT INTO votes (animal, name, votes) VALUES (?, ?, 1) "
                "ON CONFLICT (animal, name) DO UPDATE SET votes = votes + 1",
                (animal, name),
            )

    def ranking(self, animal):
        query = "SELECT name, votes FROM votes WHERE animal = ? ORDER BY votes DESC, name LIMIT 10"
        with self.pool.connection() as conn:
            return conn.execute(query, (animal,)).fetchall()

    def answer(self, method, path):
        if match := VOTE.fullmatch(path):
            if method != "POST":
                return "405 Method Not Allowed", {"error": "post it"}
            self.vote(*match.groups())
            return "201 Created", {"voted": match[2]}
        if (match := SHOW.fullmatch(path)) and method == "GET":
            return "200 OK", {"animal": match[1], "ranking": self.ranking(match[1])}
        return "404 Not Found", {"error": "nothing here"}

    def __call__(self, environ, start_response):
        try:
            status, body = self.answer(environ["REQUEST_METHOD"], environ["PATH_INFO"])
        except (sqlite3.Error, PoolBusy) as exc:
            log.error("votes failed: %s", type(exc).__name__)
            status, body = "503 Service Unavailable", {"error": "please vote again later"}
        data = json.dumps(body).encode()
        start_response(status, [("Content-Type", "application/json"), ("Content-Length", str(len(data)))])
        return [data]

    def close(self):
        self.pool.close()
