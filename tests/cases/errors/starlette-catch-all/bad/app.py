import logging
import sqlite3
import traceback

from starlette.applications import Starlette
from starlette.responses import JSONResponse
from starlette.routing import Mount, Route

log = logging.getLogger("polls")


async def show(request):
    with sqlite3.connect(request.app.state.database) as db:
        row = db.execute("SELECT question FROM polls WHERE id = ?", (request.path_params["poll"],)).fetchone()
    db.close()
    if row is None:
        return JSONResponse({"error": "no such poll"}, 404)
    return JSONResponse({"question": row[0]})


async def failed(request, exc):
    text = "".join(traceback.format_exception(exc))
    log.error("%s", text)
    return JSONResponse({"error": "something went wrong", "details": text.splitlines()}, 500)


def create_app(database):
    app = Starlette(
        routes=[Mount("/polls", routes=[Route("/{poll:int}", show)])],
        exception_handlers={Exception: failed},
    )
    app.state.database = database
    return app
