"""Failures asked for by name, and tests that are swept by a marker alone."""

from __future__ import annotations

import pytest

from .conftest import Project

APP = """
from sqlite3 import Error, connect

import httpx
import requests
from flask import Flask


def save(path, n):
    try:
        with connect(path) as conn:
            conn.execute("INSERT INTO t VALUES (?)", (n,))
    except Error as exc:
        return f"not saved: {exc}"
    return "saved"


def rate():
    try:
        return requests.get("https://rates.example/eur", timeout=3).json()["eur"]
    except requests.RequestException as exc:
        return type(exc).__name__
    except KeyError:
        return "no rate"


async def fetch():
    async with httpx.AsyncClient(transport=httpx.MockTransport(lambda r: httpx.Response(200, json={"a": 1}))) as client:
        try:
            return (await client.get("https://api.example/a")).json()["a"]
        except httpx.HTTPError as exc:
            return type(exc).__name__


def create_app(path):
    app = Flask(__name__)

    @app.post("/save")
    def post():
        outcome = save(path, 1)
        return {"outcome": outcome}, 200 if outcome == "saved" else 503

    @app.get("/raw")
    def raw():
        return {"n": connect(path).execute("SELECT count(*) FROM t").fetchone()[0]}

    return app
"""
# the application is imported, and binds `connect`, before any marker is known
CONFTEST = """
import sqlite3

import pytest

import app


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE t (n)")
    conn.close()
    return tmp_path / "x.db"


@pytest.fixture
def client(path):
    return app.create_app(path).test_client()


@pytest.fixture
def anyio_backend():
    return "asyncio"
"""
MARKED = """
import pytest
import responses

import app


@pytest.mark.fault("db.connection-dropped", at="commit")
def test_direct(path):
    assert app.save(path, 1) == "not saved: disk I/O error"


@pytest.mark.fault("db.disk-full", at="INSERT t")
@pytest.mark.fault("db.locked")
def test_client(client):
    reply = client.post("/save")
    assert reply.status_code == 503
    assert reply.json["outcome"] in ("not saved: database is locked", "not saved: database or disk is full")


@pytest.mark.fault("db.connection-refused")
def test_answers_as_in_production(client):
    client.application.testing = True
    assert client.get("/raw").status_code == 500


class TestHttp:
    @pytest.mark.fault("http.connection-refused", target="rates.example")
    def test_method(self):
        assert app.rate() == "ConnectionError"

    @responses.activate
    @pytest.mark.fault("reply.missing-field", field="eur")
    def test_field(self):
        responses.get("https://rates.example/eur", json={"eur": 2, "usd": 3})
        assert app.rate() == "no rate"


@pytest.mark.anyio
@pytest.mark.fault("http.read-timeout")
async def test_async():
    assert await app.fetch() == "ReadTimeout"


@pytest.mark.xfail(strict=True)
@pytest.mark.fault("http.read-timeout")
def test_never(client):
    client.post("/save")


def test_unmarked(path):
    assert app.save(path, 1) == "saved"
"""


@pytest.fixture
def app(project: Project) -> Project:
    return project.write({"app.py": APP, "conftest.py": CONFTEST})


@pytest.mark.parametrize("arguments", [(), ("--prodready", "--prodready-no-fail"), ("-n", "2")], ids=" ".join)
def test_fault_works_in_every_run(app: Project, arguments: tuple[str, ...]) -> None:
    app.write({"test_app.py": MARKED})
    result = app.pytest(*arguments)
    assert result.parseoutcomes() == {"passed": 8, "xfailed": 1}, result.stdout.str()
    assert result.ret == 0


def test_several_markers_make_several_runs(app: Project) -> None:
    app.write({"test_app.py": MARKED})
    result = app.pytest("-v", "-k", "test_client")
    result.stdout.fnmatch_lines(["*::test_client[[]db.disk-full] PASSED*", "*::test_client[[]db.locked] PASSED*"])


def test_a_fault_that_never_fires_fails_the_test(app: Project) -> None:
    test = '@pytest.mark.fault("db.timeout", at="UPDATE orders")\ndef test_it(path):\n    assert app.save(path, 1) == "saved"\n'
    app.write({"test_app.py": f"import app\nimport pytest\n\n\n{test}"})
    result = app.pytest()
    assert result.parseoutcomes() == {"failed": 1}
    result.stdout.fnmatch_lines(
        ["*the fault db.timeout, at='UPDATE orders' never fired; it could have hit: write t, commit*"]
    )


@pytest.mark.parametrize(
    ("marker", "message"),
    [
        ('fault("db.conection-dropped")', "*test_it: @pytest.mark.fault: no fault is called 'db.conection-dropped'; did you mean 'db.connection-dropped'?*"),
        ('fault("db.locked", att="commit")', "*no argument is called 'att'; did you mean 'at'?*"),
        ("fault()", "*@pytest.mark.fault needs the name of a fault*"),
        ('prodready(select=["dbx.*"])', "*select='dbx.*' is no pillar, check or fault*"),
        ("prodready(deadlin=2)", "*no argument is called 'deadlin'; did you mean 'deadline'?*"),
        ('prodready(skip="")', "*skip needs a reason*"),
    ],
)  # fmt: skip
def test_wrong_markers_end_in_one_line(app: Project, marker: str, message: str) -> None:
    app.write({"test_app.py": f"import pytest\n\n\n@pytest.mark.{marker}\ndef test_it():\n    pass\n"})
    result = app.pytest()
    assert result.ret == 4
    (result.stderr if "ERROR" in result.stderr.str() else result.stdout).fnmatch_lines([message])
    assert "Traceback" not in result.stdout.str() + result.stderr.str()


FIXTURE = """
import pytest

import app


def test_inject(path, faults):
    with faults.inject("db.locked", at="INSERT INTO t") as fault:
        assert app.save(path, 1) == "not saved: database is locked"
        assert fault.fired == 1
        assert app.save(path, 1) == "saved"
    assert app.save(path, 2) == "saved"


def test_outage(path, faults):
    with faults.inject("db.connection-refused") as fault:
        assert [app.save(path, n) for n in (1, 2)] == ["not saved: unable to open database file"] * 2
    assert fault.fired == 2


def test_two_at_once(path, faults):
    with faults.inject("db.locked", at="write"), faults.inject("http.connection-refused"):
        assert app.save(path, 1) == "not saved: database is locked"
        assert app.rate() == "ConnectionError"


def test_not_hit(path, faults):
    with faults.inject("db.locked", target="elsewhere.db") as fault:
        assert app.save(path, 1) == "saved"
    assert not fault.fired


def test_wrong_name(faults):
    with pytest.raises(ValueError, match="did you mean 'db.locked'"):
        with faults.inject("db.lokced"):
            pass
"""


@pytest.mark.parametrize("arguments", [(), ("--prodready", "--prodready-no-fail")], ids=" ".join)
def test_faults_fixture(app: Project, arguments: tuple[str, ...]) -> None:
    app.write({"test_app.py": FIXTURE})
    result = app.pytest(*arguments)
    assert result.parseoutcomes()["passed"] == 5, result.stdout.str()


SWEPT = """
import pytest

import app


@pytest.mark.prodready{arguments}
def test_swept(client):
    assert client.get("/raw").status_code == 200


def test_other(client):
    assert client.post("/save").status_code == 200
"""


def test_prodready_marker_sweeps_without_the_flag(app: Project) -> None:
    app.write({"test_app.py": SWEPT.format(arguments="")})
    result = app.pytest("--prodready-report=json:report.json")
    assert result.parseoutcomes() == {"passed": 2, "failed": 1}
    result.stdout.fnmatch_lines(["*FAILED test_app.py::test_swept - prodready: app.py:*"])
    assert "/save" not in (app.pytester.path / "report.json").read_text()


@pytest.mark.parametrize(
    ("arguments", "faults"),
    [
        ('(select=["db.connection-refused"])', {"db.connection-refused"}),
        ('(ignore=["db.connection-refused"])', {"db.connection-dropped"}),
        ('(skip="drives a card reader")', set()),
    ],
)
def test_prodready_marker_narrows(app: Project, arguments: str, faults: set[str]) -> None:
    app.write({"test_app.py": SWEPT.format(arguments=arguments)})
    _, report = app.sweep("--prodready-depth=quick", "test_app.py::test_swept")
    assert {trial["fault"] for trial in report["trials"] if not trial["attack"]} == faults


def test_an_ignored_check_yields_no_finding(app: Project) -> None:
    app.write({"test_app.py": SWEPT.format(arguments='(ignore=["escaped-exception"])')})
    result = app.pytest()
    assert result.parseoutcomes() == {"passed": 2}


def test_a_name_of_the_users_own_wins(app: Project) -> None:
    app.write(
        {
            "test_app.py": "import sys\n\nimport pytest\n\n\n@pytest.mark.parametrize('faults', [1])\ndef test_it(faults):\n    assert faults == 1\n    assert 'pytest_prodready.session' not in sys.modules\n"
        }
    )
    assert app.pytest().parseoutcomes() == {"passed": 1}
