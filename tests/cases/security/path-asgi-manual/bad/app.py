"""The manual of a machine, page by page."""

import os
from urllib.parse import unquote


class Manual:
    def __init__(self, folder):
        self.folder = folder

    def page(self, name):
        path = os.path.join(self.folder, unquote(name))
        with open(path, "rb") as file:
            return file.read()

    async def __call__(self, scope, receive, send):
        assert scope["type"] == "http"
        name = scope["query_string"].decode("latin-1").removeprefix("page=")
        try:
            status, body = 200, self.page(name)
        except (OSError, ValueError):
            status, body = 404, b"there is no such page"
        await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain")]})
        await send({"type": "http.response.body", "body": body})


def make_app(folder):
    manual = Manual(os.path.realpath(folder))

    async def app(scope, receive, send):
        await manual(scope, receive, send)

    return app
