"""Reports of customers, served from a folder each."""

import os

from starlette.applications import Starlette
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route


def base():
    return os.path.abspath(os.environ["REPORTS"])


def located(name):
    found = os.path.abspath(os.path.join(base(), name))
    return found if found.startswith(base() + os.sep) else None


async def report(request):
    name = request.query_params.get("name", "")
    found = located(name)
    if found is None or "\x00" in name:
        return Response(status_code=400)
    try:
        with open(found, encoding="utf-8", errors="replace") as file:
            return PlainTextResponse(file.read(100_000))
    except OSError:
        return Response(status_code=404)


app = Starlette(routes=[Route("/report", report)])
