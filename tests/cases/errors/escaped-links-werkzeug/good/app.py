import logging
import re
import sqlite3
from contextlib import closing

from werkzeug.exceptions import BadRequest, HTTPException, NotFound, ServiceUnavailable
from werkzeug.routing import Map, Rule
from werkzeug.utils import redirect
from werkzeug.wrappers import Request, Response

log = logging.getLogger("links")
WORD = re.compile("[a-z0-9]{1,20}")


class Links:
    urls = Map([
        Rule("/", endpoint="shorten", methods=["POST"]),
        Rule("/<short>", endpoint="follow", methods=["GET"]),
    ])

    def __init__(self, path):
        self.path = path

    def open_db(self):
        return sqlite3.connect(self.path)

    def shorten(self, request):
        short, page = request.form.get("short", ""), request.form.get("page", "")
        if not WORD.fullmatch(short) or not WORD.fullmatch(page):
            raise BadRequest("short and page are words")
        with closing(self.open_db()) as conn, conn:
            conn.execute(
                "INSERT INTO links (short, target) VALUES (?, ?) ON CONFLICT (short) DO UPDATE SET target = excluded.target",
                (short, f"/pages/{page}"),
            )
        return Response(short, status=201)

    def follow(self, request, short):
        if not WORD.fullmatch(short):
            raise NotFound()
        with closing(self.open_db()) as conn:
            row = conn.execute("SELECT target FROM links WHERE short = ?", (short,)).fetchone()
        if row is None:
            raise NotFound()
        return redirect(row[0])

    def __call__(self, environ, start_response):
        try:
            endpoint, values = self.urls.bind_to_environ(environ).match()
            response = getattr(self, endpoint)(Request(environ), **values)
        except HTTPException as exc:
            response = exc
        except sqlite3.Error:
            log.exception("links are unavailable")
            response = ServiceUnavailable()
        return response(environ, start_response)
