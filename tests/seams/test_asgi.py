"""Requests to applications in process: what the entry is, and what the one outside sees in a trial."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from typing import Any

import flask
import httpx
import httpx2
import pytest
from aiohttp import web
from aiohttp.test_utils import TestClient as AiohttpClient
from aiohttp.test_utils import TestServer as AiohttpServer
from fastapi import APIRouter, BackgroundTasks, Depends, FastAPI, HTTPException, Request, WebSocket
from fastapi.responses import StreamingResponse
from fastapi.testclient import TestClient
from flask import Flask
from starlette.applications import Starlette
from starlette.responses import PlainTextResponse
from starlette.routing import Host, Mount, Route
from starlette.websockets import WebSocketDisconnect

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import aiohttp_server as aiohttp_seam
from pytest_prodready.seams import flask as flask_seam
from pytest_prodready.seams import httpx as httpx_seam
from pytest_prodready.seams import sqlite as sqlite_seam
from pytest_prodready.seams import starlette as starlette_seam
from pytest_prodready.seams import tasks as tasks_seam
from pytest_prodready.trace import Entry, Trace

from .conftest import EverythingIsSource

SEAMS = (starlette_seam, httpx_seam, aiohttp_seam, flask_seam, sqlite_seam, tasks_seam)


@pytest.fixture
def trace() -> Iterator[Trace]:
    """The trace of an ordinary run; see `in_trial`."""
    seams = Seams([module.SEAM for module in SEAMS])
    trace = Trace("test", phase="call")
    hub.sources = EverythingIsSource()
    hub.internal_errors.clear()
    seams.install()
    hub.start(trace)
    try:
        yield trace
    finally:
        hub.stop()
        seams.uninstall()
        hub.sources, hub.production = None, False
        errors, hub.internal_errors[:] = list(hub.internal_errors), []
    assert errors == []


@pytest.fixture
def in_trial(trace: Trace) -> Trace:
    hub.production = True
    return trace


def requests(trace: Trace) -> list[Entry]:
    return [entry for entry in trace.entries if entry.kind == "route"]


def boom() -> None:
    raise sqlite3.OperationalError("disk I/O error")


def failing(**options: Any) -> FastAPI:
    app = FastAPI(**options)

    @app.get("/things/{number}")
    def thing(number: int) -> int:
        if number == 404:
            raise HTTPException(404)
        boom()
        return number

    return app


# ------------------------------------------------------------------------------------------- labels
def answer(request: Any) -> PlainTextResponse:
    return PlainTextResponse("ok")


def test_label_of_a_route(trace: Trace) -> None:
    app = FastAPI()
    inner, outer, sub = APIRouter(prefix="/inner"), APIRouter(prefix="/outer"), FastAPI()
    inner.get("/{name}")(lambda name: name)
    outer.include_router(inner)
    app.include_router(outer, prefix="/api")
    sub.get("/{n:int}")(lambda n: n)
    app.mount("/sub", sub)
    app.mount("/plain", Starlette(routes=[Route("/a/{b}", answer), Mount("/deep", routes=[Route("/{c}", answer)])]))
    client = TestClient(app)
    for path in ("/api/outer/inner/x", "/sub/7", "/plain/a/1", "/plain/deep/2", "/sub/x/12", "/nowhere/12"):
        client.get(path)
    client.delete("/api/outer/inner/x")
    assert [entry.label for entry in requests(trace)] == [
        "GET /api/outer/inner/{name}",
        "GET /sub/{n:int}",
        "GET /plain/a/{b}",
        "GET /plain/deep/{c}",
        "GET /sub/x/<n>",
        "GET /nowhere/<n>",
        "DELETE /api/outer/inner/{name}",
    ]


def test_label_of_a_host(trace: Trace) -> None:
    app = Starlette(routes=[Host("api.example", app=Starlette(routes=[Route("/v/{n}", answer)]))])
    assert TestClient(app, base_url="http://api.example").get("/v/1").text == "ok"
    assert requests(trace)[0].label == "GET /v/{n}"


def test_label_is_known_in_middleware(trace: Trace) -> None:
    app = failing()
    seen = []

    @app.middleware("http")
    async def look(request: Any, call_next: Any) -> Any:
        entry = hub.current_entry()
        seen.append(entry.label if entry else None)
        return await call_next(request)

    assert TestClient(app).get("/things/404").status_code == 404
    assert seen == ["GET /things/{number}"]


# ------------------------------------------------------------------------------- an unhandled exception
def by_test_client(app: Any, path: str) -> int:
    return TestClient(app).get(path).status_code


def by_httpx(app: Any, path: str) -> int:
    async def get() -> int:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app), base_url="http://here") as client:
            return (await client.get(path)).status_code

    return asyncio.run(get())


def by_httpx2(app: Any, path: str) -> int:
    async def get() -> int:
        async with httpx2.AsyncClient(transport=httpx2.ASGITransport(app), base_url="http://here") as client:
            return (await client.get(path)).status_code

    return asyncio.run(get())


def by_test_client_on_trio(app: Any, path: str) -> int:
    return TestClient(app, backend="trio").get(path).status_code


def by_test_client_in_a_loop(app: Any, path: str) -> int:
    async def get() -> int:
        return TestClient(app).get(path).status_code

    return asyncio.run(get())


drivers = pytest.mark.parametrize(
    "get", [by_test_client, by_httpx, by_httpx2, by_test_client_on_trio, by_test_client_in_a_loop]
)


@drivers
def test_ordinary_run_is_not_changed(trace: Trace, get: Callable[[Any, str], int]) -> None:
    with pytest.raises(sqlite3.OperationalError):
        get(failing(), "/things/1")
    (entry,) = requests(trace)
    assert entry.label == "GET /things/{number}"
    assert entry.error is not None


@drivers
@pytest.mark.parametrize("debug", [False, True])
def test_trial_answers_as_in_production(in_trial: Trace, get: Callable[[Any, str], int], debug: bool) -> None:
    assert get(failing(debug=debug), "/things/1") == 500
    (entry,) = requests(in_trial)
    assert entry.last_resort
    assert not entry.late
    assert entry.error is not None
    assert entry.error.text == "disk I/O error"
    assert entry.outcome is not None
    assert (entry.outcome.status, entry.outcome.body) == (500, "Internal Server Error")


@drivers
def test_http_exception_is_an_answer(in_trial: Trace, get: Callable[[Any, str], int]) -> None:
    assert get(failing(), "/things/404") == 404
    (entry,) = requests(in_trial)
    assert (entry.error, entry.last_resort) == (None, False)


@drivers
def test_plain_callable(in_trial: Trace, get: Callable[[Any, str], int]) -> None:
    async def app(scope: Any, receive: Any, send: Any) -> None:
        boom()

    assert get(app, "/a/1") == 500
    (entry,) = requests(in_trial)
    assert entry.label == "GET /a/<n>"
    assert entry.last_resort


def test_application_called_by_hand(trace: Trace) -> None:
    sent = []

    async def call() -> None:
        async def send(message: Any) -> None:
            sent.append(message["type"])

        scope = {"type": "http", "method": "GET", "path": "/things/404", "headers": [], "query_string": b""}
        await failing()(scope, None, send)

    asyncio.run(call())
    (entry,) = requests(trace)
    assert entry.label == "GET /things/{number}"
    assert entry.outcome is not None
    assert entry.outcome.status == 404
    assert sent == ["http.response.start", "http.response.body"]


def test_what_a_test_finds_at_its_transport(trace: Trace) -> None:
    app = failing()
    transport = httpx.ASGITransport(app)
    with contextlib.suppress(sqlite3.Error):
        asyncio.run(httpx.AsyncClient(transport=transport, base_url="http://here").get("/things/1"))
    assert transport.app is app
    assert transport.raise_app_exceptions is True


# ------------------------------------------------------------------------------------------- handlers
def handled(key: Any) -> FastAPI:
    async def handler(request: Any, exc: Any) -> PlainTextResponse:
        return PlainTextResponse("sorry", status_code=503)

    return failing(exception_handlers={key: handler})


def test_handler_of_the_family(in_trial: Trace) -> None:
    assert by_test_client(handled(sqlite3.Error), "/things/1") == 503
    (entry,) = requests(in_trial)
    assert entry.handlers == ("sqlite3.Error",)
    assert (entry.error, entry.last_resort) == (None, False)


@pytest.mark.parametrize("key", [Exception, 500])
def test_handler_for_everything(in_trial: Trace, key: Any) -> None:
    assert by_test_client(handled(key), "/things/1") == 503
    (entry,) = requests(in_trial)
    assert entry.handlers == ("Exception",)
    assert not entry.last_resort
    assert entry.error is not None


def test_handler_that_fails_too(in_trial: Trace) -> None:
    def handler(request: Any, exc: Any) -> None:
        boom()

    assert by_test_client(failing(exception_handlers={Exception: handler}), "/things/1") == 500
    assert requests(in_trial)[0].last_resort


def test_handler_of_a_mounted_application(in_trial: Trace) -> None:
    app = FastAPI()
    app.mount("/sub", handled(Exception))
    assert by_test_client(app, "/sub/things/1") == 503
    (entry,) = requests(in_trial)
    assert entry.label == "GET /sub/things/{number}"
    assert not entry.last_resort


# --------------------------------------------------------------------------------- once it is answered
def test_background_task(in_trial: Trace) -> None:
    app = FastAPI()

    @app.post("/")
    def index(tasks: BackgroundTasks) -> str:
        tasks.add_task(sqlite3.connect, "/no/such/folder/x.db")
        return "accepted"

    assert TestClient(app).post("/").json() == "accepted"
    (entry,) = requests(in_trial)
    assert entry.late
    assert not entry.last_resort
    assert [call.background for call in in_trial.calls] == [False, True]  # it arrived, and was worked off
    assert in_trial.calls[1].entry is entry
    assert [record.logger for record in in_trial.logs] == ["uvicorn.error"]


def test_dependency_that_ends_after_the_answer(in_trial: Trace) -> None:
    app = FastAPI()

    def session() -> Iterator[None]:
        yield
        boom()

    @app.get("/", dependencies=[Depends(session)])
    def index() -> str:
        return "done"

    assert TestClient(app).get("/").json() == "done"
    (entry,) = requests(in_trial)
    assert entry.late
    assert entry.outcome is not None
    assert entry.outcome.status == 200


def test_stream_that_breaks_off(in_trial: Trace) -> None:
    def rows() -> Iterator[str]:
        yield "one\n"
        boom()

    app = FastAPI()
    app.get("/")(lambda: StreamingResponse(rows()))
    assert TestClient(app).get("/").text == "one\n"
    (entry,) = requests(in_trial)
    assert entry.last_resort
    assert not entry.late
    assert entry.outcome is not None
    assert (entry.outcome.status, entry.outcome.body) == (200, "one\n")


# -------------------------------------------------------------------------------------- other sessions
def test_websocket(in_trial: Trace) -> None:
    app = FastAPI()

    @app.websocket("/rooms/{room}")
    async def room(socket: WebSocket, room: str) -> None:
        await socket.accept()
        await socket.send_text(f"hello {await socket.receive_text()}")
        boom()

    with TestClient(app).websocket_connect("/rooms/1") as socket:
        socket.send_text("Ada")
        assert socket.receive_text() == "hello Ada"
        with pytest.raises(WebSocketDisconnect) as left:
            socket.receive_text()
    assert left.value.code == 1011
    (entry,) = requests(in_trial)
    assert entry.label == "WS /rooms/{room}"
    assert entry.last_resort
    assert entry.outcome is not None
    assert (entry.outcome.status, entry.outcome.body) == (1011, "hello Ada\n")


def test_body_of_an_ordinary_request(trace: Trace) -> None:
    """It comes after the request was looked at, and is part of it all the same."""
    app = FastAPI()

    @app.post("/hook")
    async def hook(request: Request) -> int:
        return len(await request.body())

    assert TestClient(app).post("/hook", content=b"paid").json() == 4
    (entry,) = requests(trace)
    assert entry.request is not None
    assert entry.request.body == b"paid"


def test_lifespan_belongs_to_no_route(trace: Trace) -> None:
    @contextlib.asynccontextmanager
    async def lifespan(app: Any) -> Any:
        sqlite3.connect(":memory:").close()
        yield

    app = FastAPI(lifespan=lifespan)
    app.get("/")(lambda: sqlite3.connect(":memory:").close())
    with TestClient(app) as client:
        client.get("/")
    assert [(call.entry.label, call.phase) for call in trace.calls if call.kind != "receive"] == [
        ("lifespan", "startup"),
        ("GET /", "call"),
    ]


def test_outgoing_call_within_the_application(trace: Trace) -> None:
    app = FastAPI()
    transport = httpx.MockTransport(lambda request: httpx.Response(200, json=7))

    @app.get("/")
    async def index() -> Any:
        async with httpx.AsyncClient(transport=transport) as client:
            return (await client.get("https://api.example/n")).json()

    assert by_httpx(app, "/") == 200
    (call,) = [call for call in trace.calls if call.kind == "request"]
    assert call.operation == "GET api.example/n"
    assert call.entry is requests(trace)[0]


# ----------------------------------------------------------------------------------------------- WSGI
def wsgi(environ: Any, start_response: Any) -> list[bytes]:
    if environ["PATH_INFO"] == "/boom":
        boom()
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [b"ok"]


@pytest.mark.parametrize("library", [httpx, httpx2])
def test_wsgi_transport(in_trial: Trace, library: Any) -> None:
    with library.Client(transport=library.WSGITransport(wsgi), base_url="http://here") as client:
        assert client.get("/a/1").text == "ok"
        assert client.get("/boom").status_code == 500
    good, bad = requests(in_trial)
    assert (good.label, good.last_resort) == ("GET /a/<n>", False)
    assert good.outcome is not None
    assert good.outcome.body == "ok"
    assert bad.last_resort


def test_wsgi_transport_in_an_ordinary_run(trace: Trace) -> None:
    client = httpx.Client(transport=httpx.WSGITransport(wsgi), base_url="http://here")
    with client, pytest.raises(sqlite3.OperationalError):
        client.get("/boom")


@pytest.mark.parametrize("by_hand", [True, False])
def test_flask_without_its_client(in_trial: Trace, by_hand: bool) -> None:
    app = Flask("shop")
    app.add_url_rule("/items/<int:number>", view_func=lambda number: boom())
    if by_hand:
        environ = {"REQUEST_METHOD": "GET", "PATH_INFO": "/items/3", "SERVER_NAME": "x", "SERVER_PORT": "80",
                   "wsgi.url_scheme": "http"}  # fmt: skip
        b"".join(app(environ, lambda status, headers, exc_info=None: lambda data: None))
    else:
        with httpx.Client(transport=httpx.WSGITransport(app), base_url="http://here") as client:
            client.get("/items/3")
    (entry,) = requests(in_trial)
    assert (entry.label, entry.last_resort) == ("GET /items/<int:number>", True)
    assert entry.outcome is not None
    assert entry.outcome.status == 500


# -------------------------------------------------------------------------------------------- aiohttp
def served(trace: Trace, *paths: str, **options: Any) -> list[int]:
    async def missing(request: Any) -> None:
        raise web.HTTPNotFound

    async def fails(request: Any) -> None:
        boom()

    async def fine(request: Any) -> web.Response:
        return web.json_response({"n": request.match_info["n"]})

    async def start(app: Any) -> None:
        sqlite3.connect(":memory:").close()

    async def run() -> list[int]:
        app, sub = web.Application(**options), web.Application()
        sub.router.add_get("/{n}", fine)
        app.router.add_get("/missing", missing)
        app.router.add_get("/fails", fails)
        app.add_subapp("/sub", sub)
        app.on_startup.append(start)
        async with AiohttpClient(AiohttpServer(app)) as client:
            return [(await client.get(path)).status for path in paths]

    return asyncio.run(run())


def test_aiohttp(in_trial: Trace) -> None:
    assert served(in_trial, "/sub/4", "/missing", "/fails", "/other/9") == [200, 404, 500, 404]
    seen = [(entry.label, entry.last_resort) for entry in requests(in_trial)]
    assert seen == [("GET /sub/{n}", False), ("GET /missing", False), ("GET /fails", True), ("GET /other/<n>", False)]
    assert requests(in_trial)[0].outcome.body == '{"n": "4"}'  # type: ignore[union-attr]
    assert [call.phase for call in in_trial.calls] == ["startup"]


def test_aiohttp_middleware_answers(in_trial: Trace) -> None:
    @web.middleware
    async def errors(request: Any, handler: Any) -> Any:
        try:
            return await handler(request)
        except sqlite3.Error:
            return web.Response(status=503)

    assert served(in_trial, "/fails", middlewares=[errors]) == [503]
    (entry,) = requests(in_trial)
    assert (entry.error, entry.last_resort) == (None, False)


# ------------------------------------------------------------------------------------------- made again
def fastapi_echo() -> Any:
    app = FastAPI()

    @app.post("/echo/{name}")
    def echo(name: str, document: dict[str, Any], q: str = "") -> Any:
        return [name, q, document]

    return TestClient(app)


def flask_echo() -> Any:
    app = Flask("echo")

    @app.post("/echo/<name>")
    def echo(name: str) -> Any:
        return [name, flask.request.args.get("q"), flask.request.get_json()]

    return httpx.Client(transport=httpx.WSGITransport(app), base_url="http://here")


@pytest.mark.parametrize("make", [fastapi_echo, flask_echo])
def test_a_request_that_is_made_again_is_the_same(in_trial: Trace, make: Any) -> None:
    hub.rounds = lambda entry, request: [(contextlib.nullcontext(), request)] * 2
    try:
        make().post("/echo/a%20b?q=1%202", json={"n": [1, "ä"]})
    finally:
        hub.rounds = lambda entry, request: ()
    answers = [entry.outcome for entry in requests(in_trial) if entry.outcome is not None]
    assert [outcome.status for outcome in answers] == [200, 200, 200]
    assert {json.dumps(json.loads(outcome.body)) for outcome in answers} == {'["a b", "1 2", {"n": [1, "\\u00e4"]}]'}
