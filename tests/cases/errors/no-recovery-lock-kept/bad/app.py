from collections import Counter

import httpx
from fastapi import FastAPI
from fastapi.responses import JSONResponse

from roster import ImportFailed, ImportRunning, Roster


def import_running(request, exc):
    return JSONResponse({"error": "an import is running"}, 503, {"Retry-After": "5"})


def import_failed(request, exc):
    return JSONResponse({"error": "the federation gave no list"}, 502)


def create_app(transport=None):
    app = FastAPI()
    http = httpx.Client(base_url="https://federation.rowing.example/api", timeout=10, transport=transport)
    roster = Roster(http)
    app.add_exception_handler(ImportRunning, import_running)
    app.add_exception_handler(ImportFailed, import_failed)

    @app.post("/import")
    def run_import():
        return {"members": roster.run()}

    @app.get("/boats")
    def boats():
        return Counter(m.boat for m in roster.members.values())

    return app
