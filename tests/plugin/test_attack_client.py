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
    result.assert_outcomes(passed=4, failed=4)
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
    project.pytest("-k", "flask").assert_outcomes(passed=2, deselected=6)


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
