import re
import sqlite3
from contextlib import closing

from werkzeug.wrappers import Request, Response


class Guestbook:
    def __init__(self, path):
        self.path = path

    def __call__(self, environ, start_response):
        request = Request(environ)
        if request.path != "/":
            response = Response("not here", status=404)
        elif request.method == "POST":
            response = self.sign(request.form.get("name", ""))
        else:
            response = self.read()
        return response(environ, start_response)

    def sign(self, name):
        if not re.fullmatch("[A-Za-z ]{1,40}", name):
            return Response("who?", status=400)
        with closing(sqlite3.connect(self.path)) as conn, conn:
            conn.execute("INSERT INTO guests (name) VALUES (?)", (name,))
        return Response("thanks", status=201)

    def read(self):
        with closing(sqlite3.connect(self.path)) as conn:
            rows = conn.execute("SELECT name FROM guests ORDER BY id LIMIT 100").fetchall()
        return Response("\n".join(name for (name,) in rows))
