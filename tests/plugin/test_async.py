"""Suites of coroutines: stacks over tasks and threads, virtual time of every loop, and loops that are closed in order."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Project

APP = """
import asyncio
import sqlite3
from concurrent.futures import ThreadPoolExecutor

import aiosqlite
import anyio
import httpx
from asgiref.sync import sync_to_async


class Unavailable(Exception):
    pass


ERRORS = (httpx.HTTPError, ValueError, KeyError, TypeError)


async def get():
    async with httpx.AsyncClient(timeout=5) as client:
        reply = await client.get("https://api.example/n")
    reply.raise_for_status()
    return reply.json()["n"]


async def patient(sleep):
    for _ in range(3):
        try:
            return await get()
        except ERRORS:
            await sleep(600)
    raise Unavailable


async def bounded():
    try:
        with anyio.fail_after(30):
            while True:
                try:
                    return await get()
                except ERRORS:
                    await anyio.sleep(20)
    except TimeoutError:
        raise Unavailable from None


async def waited_for():
    try:
        return await asyncio.wait_for(patient(asyncio.sleep), 700)
    except TimeoutError:
        raise Unavailable from None


async def together():
    found = []

    async def one():
        found.append(await get())

    try:
        async with anyio.create_task_group() as group:
            group.start_soon(one)
            group.start_soon(one)
    except* ERRORS:
        raise Unavailable from None
    return found[0]


def count(path):
    conn = sqlite3.connect(path)
    try:
        return conn.execute("SELECT count(*) FROM t").fetchone()[0]
    finally:
        conn.close()


async def count_in_aiosqlite(path):
    async with aiosqlite.connect(path) as db:
        async with db.execute("SELECT count(*) FROM t") as rows:
            return (await rows.fetchone())[0]


async def counted(how, path):
    try:
        if how == "to_thread":
            return await asyncio.to_thread(count, path)
        if how == "executor":
            return await asyncio.get_running_loop().run_in_executor(None, count, path)
        if how == "anyio":
            return await anyio.to_thread.run_sync(count, path)
        if how == "asgiref":
            return await sync_to_async(count)(path)
        return await count_in_aiosqlite(path)
    except sqlite3.Error as exc:
        raise Unavailable from exc


async def careless(path):
    return await asyncio.to_thread(count, path)
"""

HEAD = """
import asyncio
import sqlite3
import unittest

import anyio
import httpx
import pytest
import respx

import app


def api():
    router = respx.mock()
    router.get("https://api.example/n").mock(return_value=httpx.Response(200, json={"n": 1}))
    return router


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "t.db")
    conn.execute("CREATE TABLE t (n)")
    conn.close()
    return tmp_path / "t.db"
"""

STRICT = """
@pytest.mark.asyncio
async def test_patient():
    with api():
        assert await app.patient(asyncio.sleep) == 1


@pytest.mark.asyncio
async def test_waited_for():
    with api():
        assert await app.waited_for() == 1


@pytest.mark.asyncio
@pytest.mark.parametrize("how", ["to_thread", "executor", "anyio", "asgiref", "aiosqlite"])
async def test_counted(how, path):
    assert await app.counted(how, path) == 0
"""

AUTO = STRICT.replace("@pytest.mark.asyncio\n", "")

ANYIO = """
pytestmark = pytest.mark.anyio


async def test_patient():
    with api():
        assert await app.patient(anyio.sleep) == 1


async def test_bounded():
    with api():
        assert await app.bounded() == 1


async def test_together():
    with api():
        assert await app.together() == 1


async def test_counted(path):
    assert await app.counted("anyio", path) == 0
"""

TRIO = """
@pytest.fixture
def anyio_backend():
    return "trio"


@pytest.mark.anyio
async def test_trio():
    import trio

    with api():
        assert await app.patient(trio.sleep) == 1
"""

UNITTEST = """
class Tests(unittest.IsolatedAsyncioTestCase):
    async def asyncSetUp(self):
        self.api = api()
        self.api.start()

    async def asyncTearDown(self):
        self.api.stop()

    async def test_patient(self):
        self.assertEqual(await app.patient(asyncio.sleep), 1)

    async def test_waited_for(self):
        self.assertEqual(await app.waited_for(), 1)
"""


def swept(project: Project, tests: str, *arguments: str) -> dict[str, Any]:
    project.write({"app.py": APP, "test_app.py": HEAD + tests})
    options = ["-W", "error", *arguments]
    if "no:asyncio" not in arguments:
        pytest.importorskip("pytest_asyncio")
        options += ["-p", "pytest_asyncio.plugin", "-o", "asyncio_default_fixture_loop_scope=function"]
    result, report = project.sweep(*options)
    assert report, result.stdout.str()
    assert report["internal_errors"] == []
    assert "Warning" not in result.stdout.str()
    return report


@pytest.mark.parametrize(
    ("tests", "arguments"),
    [
        (STRICT, ()),
        (AUTO, ("-o", "asyncio_mode=auto")),
        (ANYIO, ("-p", "no:asyncio")),
        (TRIO, ("-p", "no:asyncio")),
        (UNITTEST, ("-p", "no:asyncio")),
    ],
    ids=["strict", "auto", "anyio", "trio", "unittest"],
)
def test_suite_of_coroutines(project: Project, tests: str, arguments: tuple[str, ...]) -> None:
    report = swept(project, tests, "--prodready-depth=quick", *arguments)
    assert report["findings"] == []
    assert {trial["verdict"] for trial in report["trials"]} == {"handled"}
    assert "translated" in {trial["outcome"] for trial in report["trials"]}


def test_handler_below_a_thread_is_missing(project: Project) -> None:
    tests = "\n\n@pytest.mark.asyncio\nasync def test_careless(path):\n    assert await app.careless(path) == 0\n"
    (finding,) = swept(project, tests, "--prodready-depth=quick")["findings"]
    assert finding["check"] == "escaped-exception"
    assert finding["function"] == "count"
    assert finding["handler"] == "careless in app.py"


ALCHEMY = """
from sqlalchemy import text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.ext.asyncio import create_async_engine


class StoreError(Exception):
    pass


def names(conn):
    return [row.name for row in conn.execute(text("SELECT 'Ada' AS name"))]


async def everybody():
    engine = create_async_engine("sqlite+aiosqlite://")
    try:
        async with engine.connect() as conn:
            return await conn.run_sync(names)
    except SQLAlchemyError as exc:
        raise StoreError from exc
    finally:
        await engine.dispose()
"""

ALCHEMY_TEST = """
import pytest

from app import everybody


@pytest.mark.asyncio
async def test_everybody():
    assert await everybody() == ["Ada"]
"""


def test_a_function_that_sqlalchemy_runs_in_a_greenlet(project: Project) -> None:
    pytest.importorskip("pytest_asyncio")
    project.write({"app.py": ALCHEMY, "test_app.py": ALCHEMY_TEST})
    _, report = project.sweep("-p", "pytest_asyncio.plugin")
    tried = {(t["function"], t["operation"], t["outcome"]) for t in report["trials"]}
    assert {("everybody", "connect", "translated"), ("names", "read", "translated")} <= tried
    assert {outcome for _, _, outcome in tried} == {"translated"}


HANGS = """
import asyncio
import sqlite3
import time
from contextlib import asynccontextmanager

from fastapi import FastAPI


async def poll():
    while True:
        await asyncio.sleep(0.01)


@asynccontextmanager
async def lifespan(app):
    job = asyncio.create_task(poll())
    yield
    job.cancel()


app = FastAPI(lifespan=lifespan)


def read():
    conn = sqlite3.connect(":memory:")
    try:
        return conn.execute("SELECT 1").fetchone()[0]
    finally:
        conn.close()


@app.get("/sleeping")
def sleeping():
    while True:
        try:
            return read()
        except sqlite3.Error:
            time.sleep(60)


@app.get("/awaiting")
async def awaiting():
    while True:
        try:
            return read()
        except sqlite3.Error:
            await asyncio.sleep(60)


@app.get("/waiting")
async def waiting():
    try:
        return read()
    except sqlite3.Error:
        await asyncio.Event().wait()


@app.get("/fine")
async def fine():
    try:
        return read()
    except sqlite3.Error:
        return 0
"""

HANGS_TEST = """
import pytest
from fastapi.testclient import TestClient

from app import app


@pytest.mark.parametrize("name", ["sleeping", "awaiting", "waiting", "fine"])
def test_route(name):
    with TestClient(app) as client:
        assert client.get(f"/{name}").json() == 1
"""


def test_a_route_that_never_answers(project: Project) -> None:
    pytest.importorskip("fastapi")
    project.write({"app.py": HANGS, "test_app.py": HANGS_TEST})
    _, report = project.sweep("--prodready-depth=quick", "--prodready-deadline=1", "--prodready-select=db.connection-refused",
                              "--prodready-select=errors")  # fmt: skip
    outcomes = {trial["entry"]: trial["outcome"] for trial in report["trials"] if trial["operation"] == "connect"}
    assert outcomes == {
        "GET /sleeping": "hang",
        "GET /awaiting": "hang",
        "GET /waiting": "hang",
        "GET /fine": "degraded",
    }
    assert report["internal_errors"] == []


LOOPS = """
import asyncio
import sqlite3

import trio


def read():
    conn = sqlite3.connect(":memory:")
    try:
        return conn.execute("SELECT 1").fetchone()[0]
    finally:
        conn.close()


async def waits_in_asyncio():
    try:
        return read()
    except sqlite3.Error:
        await asyncio.Event().wait()


async def waits_in_trio():
    try:
        return read()
    except sqlite3.Error:
        await trio.sleep_forever()


async def spins():
    try:
        return read()
    except sqlite3.Error:
        while True:
            pass
"""

LOOPS_TEST = """
import pytest

import app


@pytest.mark.anyio
@pytest.mark.parametrize("name", ["spins", "waits_in_LOOP"])
async def test_it(name, anyio_backend):
    assert await getattr(app, name)() == 1


@pytest.fixture
def anyio_backend():
    return "LOOP"
"""


@pytest.mark.parametrize("loop", ["asyncio", "trio"])
def test_a_loop_that_was_ended_leaves_room_for_the_next(project: Project, loop: str) -> None:
    project.write({"app.py": LOOPS, "test_app.py": LOOPS_TEST.replace("LOOP", loop)})
    _, report = project.sweep("--prodready-depth=quick", "--prodready-deadline=1", "-W", "error")
    trials = {(t["entry"].split()[0], t["operation"]): t["outcome"] for t in report["trials"]}
    assert trials == {(name, what): "hang" for name in ("spins", f"waits_in_{loop}") for what in ("connect", "read")}
