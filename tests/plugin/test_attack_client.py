"""The `attack_client` fixture: requests made again with every attack, in every run."""

from __future__ import annotations

import pytest

from .conftest import Project

APP = """
import sqlite3
from contextlib import closing

from fastapi import FastAPI
from flask import Flask, request

app = Flask(__name__)
api = FastAPI()


def names(sql, *values):
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE TABLE teas (name TEXT)")
        return [name for (name,) in conn.execute(sql, values)]


def badly(q):
    return {"teas": names(f"SELECT name FROM teas WHERE name = '{q}'")}


def well(q):
    return {"teas": names("SELECT name FROM teas WHERE name = ?", q)}


@app.get("/badly")
def flask_badly():
    return badly(request.args["q"])


@app.get("/well")
def flask_well():
    return well(request.args.get("q", ""))


@app.post("/well")
def flask_post():
    return well(request.form.get("q", ""))


@api.get("/badly")
def fastapi_badly(q: str):
    return badly(q)


@api.get("/well")
async def fastapi_well(q: str):
    return well(q)
"""

TESTS = """
import app
import httpx
import pytest
from fastapi.testclient import TestClient


@pytest.fixture
def client():
    return app.app.test_client()


def test_flask_badly(attack_client, client):
    attack_client(client).get("/badly?q=assam")


def test_flask_well(attack_client, client):
    attacked = attack_client(client)
    assert attacked.get("/well?q=assam").get_json() == {"teas": []}
    assert attacked.post("/well", data={"q": "assam"}).get_json() == {"teas": []}
    assert attacked.application is app.app


def test_fastapi_badly(attack_client):
    attack_client(TestClient(app.api)).get("/badly?q=assam")


def test_fastapi_well(attack_client):
    assert attack_client(TestClient(app.api)).get("/well?q=assam").json() == {"teas": []}


@pytest.mark.anyio
async def test_httpx_badly(attack_client):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app.api), base_url="http://shop") as client:
        await attack_client(client).get("/badly?q=assam")


@pytest.mark.anyio
async def test_httpx_well(attack_client):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app.api), base_url="http://shop") as client:
        assert (await attack_client(client).get("/well?q=assam")).json() == {"teas": []}


def test_only_another_attack(attack_client, client):
    attack_client(client, select=["cross-site-*"]).get("/badly?q=assam")
    attack_client(client, ignore=["sql-injection", "unhandled-input"]).get("/badly?q=assam")


def test_no_such_attack(attack_client, client):
    with pytest.raises(ValueError, match="no attack is called 'sql'; there are sql-injection, "):
        attack_client(client, select=["sql"])


def test_no_request(attack_client):
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(200))) as client:
        attack_client(client).get("http://shop/")


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""


@pytest.mark.parametrize("flags", [[], ["--prodready", "--prodready-select=security"]], ids=["plain", "flag"])
def test_attacks_in_every_run(project: Project, flags: list[str]) -> None:
    project.write({"app.py": APP, "test_app.py": TESTS})
    result = project.pytest(*flags, "--show-capture=no")
    result.assert_outcomes(passed=5, failed=4)
    result.stdout.fnmatch_lines([
        "attack_client: the application did not cope",
        "app.py:15 sql-injection: query.q becomes part of the statement: zq* stands in it as SQL",
        "  input:  query.q = \"'zq*\"",
        "  sent:   GET /badly?q=%27zq*",
        "attack_client: no request came to the application; *",
    ])  # fmt: skip
    failed = [line for line in result.outlines if line.startswith("FAILED")]
    assert sorted(line.split("::")[1].split(" ")[0] for line in failed) == [
        "test_fastapi_badly", "test_flask_badly", "test_httpx_badly", "test_no_request",
    ]  # fmt: skip


def test_a_waived_finding_fails_nothing(project: Project) -> None:
    source = APP.replace(
        "conn.execute(sql, values)]",
        "conn.execute(sql, values)]  # prodready: ignore[sql-injection, unhandled-input] a toy",
    )
    project.write({"app.py": source, "test_app.py": TESTS})
    project.pytest("-k", "flask").assert_outcomes(passed=2, deselected=7)


def test_an_attack_has_no_effect(project: Project) -> None:
    app = """
import subprocess

from flask import Flask, request

app = Flask(__name__)


@app.get("/count")
def count():
    name = request.args.get("name", "")
    return subprocess.run(f"echo {name} >> asked.txt", shell=True, text=True).stdout or "done"
"""
    test = """
import app


def test_count(attack_client):
    attack_client(app.app.test_client(), ignore=["unhandled-input"]).get("/count?name=tea")
"""
    project.write({"app.py": app, "test_app.py": test})
    result = project.pytest()
    result.assert_outcomes(failed=1)
    result.stdout.fnmatch_lines(["app.py:* command-injection: *"])
    assert set((project.pytester.path / "asked.txt").read_text().split()) == {"tea"}


def test_an_idle_run_imports_nothing_of_it(project: Project) -> None:
    test = "import sys\n\n\ndef test_idle():\n    assert 'pytest_prodready.attacking' not in sys.modules\n"
    project.write({"test_idle.py": test})
    project.pytest().assert_outcomes(passed=1)


DJANGO = """
import sqlite3
from contextlib import closing

import django
from django.conf import settings

settings.configure(SECRET_KEY="only-for-tests", ROOT_URLCONF=__name__, ALLOWED_HOSTS=["*"], MIDDLEWARE=[])
django.setup()

from django.http import HttpResponse, JsonResponse
from django.urls import path
from django.utils.html import escape


def names(sql, *values):
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE TABLE teas (name TEXT)")
        return JsonResponse({"teas": [name for (name,) in conn.execute(sql, values)]})


def badly(request):
    return names(f"SELECT name FROM teas WHERE name = '{request.GET['q']}'")


def well(request, name=""):
    return names("SELECT name FROM teas WHERE name = ?", name or request.GET.get("q", "") or request.POST.get("q", ""))


async def page_badly(request):
    return HttpResponse(f"<!doctype html><p>{request.POST.get('q', '')}</p>")


async def page_well(request):
    return HttpResponse(f"<!doctype html><p>{escape(request.POST.get('q', ''))}</p>")


urlpatterns = [
    path("badly", badly),
    path("well", well),
    path("teas/<str:name>", well),
    path("page/badly", page_badly),
    path("page/well", page_well),
]
"""

DJANGO_TESTS = """
import asyncio

import app
import pytest
from django.test import AsyncClient, Client

KNOWN = ["missing-*", "unhandled-input"]


def test_badly(attack_client):
    attack_client(Client(), ignore=KNOWN).get("/badly?q=assam")


def test_well(attack_client):
    attacked = attack_client(Client())
    assert attacked.get("/well", {"q": "assam"}).json() == {"teas": []}
    assert attacked.post("/well", {"q": "assam"}).json() == {"teas": []}
    assert attacked.get("/teas/assam").json() == {"teas": []}


def test_page_badly(attack_client):
    attack_client(Client(), ignore=KNOWN).post("/page/badly", {"q": "assam"})


def test_async_badly(attack_client):
    asyncio.run(attack_client(AsyncClient(), ignore=KNOWN).get("/badly?q=assam"))


def test_async_page_badly(attack_client):
    asyncio.run(attack_client(AsyncClient(), ignore=KNOWN).post("/page/badly", {"q": "assam"}))


def test_async_well(attack_client):
    answer = asyncio.run(attack_client(AsyncClient()).post("/page/well", {"q": "assam"}))
    assert answer.content == b"<!doctype html><p>assam</p>"
"""


@pytest.mark.parametrize("flags", [[], ["--prodready", "--prodready-select=security"]], ids=["plain", "flag"])
def test_django(project: Project, flags: list[str]) -> None:
    project.write({"app.py": DJANGO, "test_app.py": DJANGO_TESTS})
    result = project.pytest(*flags, "--show-capture=no")
    result.assert_outcomes(passed=2, failed=4)
    result.stdout.fnmatch_lines([
        "app.py:19 sql-injection: query.q becomes part of the statement: zq* stands in it as SQL",
        "  proof:  SELECT name FROM teas WHERE name = ''»zq*«'",
        "app.py:3? cross-site-scripting: form.q comes back as markup: <zq*>",
        "  input:  form.q = '<zq*>'",
        "app.py:19 sql-injection: *",
        "app.py:3? cross-site-scripting: *",
    ])  # fmt: skip


RAW = """
import html
import json
import sqlite3
from contextlib import closing
from urllib.parse import parse_qs


def names(sql, *values):
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE TABLE teas (name TEXT)")
        return json.dumps([name for (name,) in conn.execute(sql, values)])


def badly(q):
    return names(f"SELECT name FROM teas WHERE name = '{q}'")


def well(q):
    return names("SELECT name FROM teas WHERE name = ?", q)


def answered(path, query):
    q = parse_qs(query.decode("latin-1")).get("q", [""])[0]
    return (badly if path == "/badly" else well)(q).encode()


async def asgi(scope, receive, send):
    if scope["type"] == "lifespan":
        while (await receive())["type"] != "lifespan.shutdown":
            await send({"type": "lifespan.startup.complete"})
        await send({"type": "lifespan.shutdown.complete"})
        return
    body = answered(scope["path"], scope["query_string"])
    await send({"type": "http.response.start", "status": 200, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": body})


def wsgi(environ, start_response):
    body = answered(environ["PATH_INFO"], environ.get("QUERY_STRING", "").encode("latin-1"))
    start_response("200 OK", [("Content-Type", "application/json")])
    return [body]
"""

RAW_TESTS = """
import asyncio

import app
import httpx
import pytest
from starlette.testclient import TestClient
from werkzeug.test import Client


async def asked(attack_client, path):
    async with httpx.AsyncClient(transport=httpx.ASGITransport(app.asgi), base_url="http://shop") as client:
        return await attack_client(client).get(path)


@pytest.mark.parametrize("way", ["badly", "well"])
def test_asgi(attack_client, way):
    assert asyncio.run(asked(attack_client, f"/{way}?q=assam")).json() == []


@pytest.mark.parametrize("way", ["badly", "well"])
def test_asgi_by_starlette(attack_client, way):
    with TestClient(app.asgi) as client:
        assert attack_client(client).get(f"/{way}?q=assam").json() == []


@pytest.mark.parametrize("way", ["badly", "well"])
def test_wsgi(attack_client, way):
    with httpx.Client(transport=httpx.WSGITransport(app.wsgi), base_url="http://shop") as client:
        assert attack_client(client).get(f"/{way}?q=assam").json() == []


@pytest.mark.parametrize("way", ["badly", "well"])
def test_wsgi_by_werkzeug(attack_client, way):
    assert attack_client(Client(app.wsgi)).get(f"/{way}?q=assam").json == []
"""


def test_applications_without_a_framework(project: Project) -> None:
    project.write({"app.py": RAW, "test_app.py": RAW_TESTS})
    result = project.pytest("--show-capture=no")
    result.assert_outcomes(passed=4, failed=4)
    failed = [line.split("::")[1].split(" ")[0] for line in result.outlines if line.startswith("FAILED")]
    assert sorted(failed) == [
        "test_asgi[badly]", "test_asgi_by_starlette[badly]", "test_wsgi[badly]", "test_wsgi_by_werkzeug[badly]",
    ]  # fmt: skip
    assert sum("sql-injection: query.q becomes part" in line for line in result.outlines) >= 4
