"""The plainest input that proves a finding: what Hypothesis leaves out, what replays it, what the next run tries first."""

from __future__ import annotations

import json
from typing import Any

import pytest

from .conftest import Project

APP = """
import sqlite3
from contextlib import closing

from flask import Flask, abort, redirect, request

app = Flask(__name__)
notes = []


@app.get("/teas")
def teas():
    name = request.args.get("name", "")
    if not name.startswith("assam"):
        abort(400)
    with closing(sqlite3.connect(":memory:")) as conn:
        conn.execute("CREATE TABLE teas (name TEXT)")
        return {"teas": conn.execute(f"SELECT name FROM teas WHERE (lower(name) = lower('{name}'))").fetchall()}


@app.get("/page")
def page():
    return f"<!doctype html><title>{request.args.get('heading', '')}</title><p>tea"


@app.post("/notes")
def write():
    notes.append(request.form["text"])
    return "", 303, {"Location": "/notes"}


@app.get("/notes")
def read():
    return "<!doctype html>" + "".join(f"<p title=\\"{note}\\">note</p>" for note in notes[-20:])


@app.get("/go")
def go():
    return redirect(request.args["next"])


@app.post("/label")
def label():
    text = request.form["text"]
    return {"width": [0] * 300 if not text else [len(text), "wide"][len(text) > 200 and text.index("y")]}
"""

TESTS = """
import app
import pytest


@pytest.fixture
def client():
    app.notes.clear()
    return app.app.test_client()


def test_teas(client):
    assert client.get("/teas?name=assam").get_json() == {"teas": []}


def test_page(client):
    assert b"tea" in client.get("/page?heading=menu").data


def test_notes(client):
    assert client.post("/notes", data={"text": "good"}).status_code == 303
    assert b"good" in client.get("/notes").data


def test_go(client):
    assert client.get("/go?next=/page").status_code == 302


def test_label(client):
    assert client.post("/label", data={"text": "tea"}).get_json() == {"width": 3}
"""
SECURITY = ("--prodready-select=sql-injection", "--prodready-select=cross-site-scripting",
            "--prodready-select=unhandled-input", "--prodready-select=open-redirect")  # fmt: skip


def shown(report: dict[str, Any]) -> dict[tuple[str, str], Any]:
    """The evidence of each finding, by check and leaf."""
    assert report["internal_errors"] == []
    return {(one["check"], one["evidence"]["input"]): one["evidence"] for one in report["findings"]}


def value(report: dict[str, Any], check: str, leaf: str) -> str:
    """The input of a finding, without its token."""
    evidence = shown(report)[check, leaf]
    return "§".join(part if n == 0 else part[8:] for n, part in enumerate(evidence["value"].split("zq")))


@pytest.fixture
def shop(project: Project) -> Project:
    return project.write({"app.py": APP, "test_app.py": TESTS})


def test_what_is_not_needed_is_left_out(shop: Project) -> None:
    _, report = shop.sweep(*SECURITY)
    assert value(report, "sql-injection", "query.name") == "assam'§"
    assert value(report, "cross-site-scripting", "query.heading") == "</title><§>"
    assert value(report, "cross-site-scripting", "form.text") == '"§'
    long = value(report, "unhandled-input", "form.text")
    assert set(long) == {"x"}
    assert 200 < len(long) <= 313


@pytest.mark.parametrize(
    "known", [pytest.param(True, id="stored", marks=pytest.mark.long), pytest.param(False, id="fresh")]
)
def test_a_trial_makes_the_same_request(shop: Project, known: bool) -> None:
    _, report = shop.sweep(*SECURITY, quiet=False)
    for finding in report["findings"]:
        arguments = [finding["reproduce"].split()[1], finding["reproduce"].split()[2]]
        if not known:
            arguments = ["-pno:cacheprovider", *arguments]
        lines = shop.pytest(*arguments, quiet=False).outlines
        assert f"  {finding['check']}: {finding['evidence']['value'][:100]}".rstrip() in [
            line.rstrip() for line in lines
        ]


def test_a_finding_makes_the_same_request(shop: Project) -> None:
    _, report = shop.sweep(*SECURITY, quiet=False)
    finding = next(one for one in report["findings"] if one["evidence"]["input"] == "query.heading")
    lines = shop.pytest(f"--prodready-finding={finding['id']}", quiet=False).outlines
    asked = [line for line in lines if line.startswith("    sent ") and "title" in line]
    assert asked == [f"    sent      {finding['evidence']['request']}"]


def test_the_same_in_every_run(shop: Project) -> None:
    _, fresh = shop.sweep(*SECURITY, quiet=False)
    _, second = shop.sweep(*SECURITY, quiet=False)
    _, workers = shop.sweep(*SECURITY, "-n2")
    assert fresh["findings"] == second["findings"] == workers["findings"]
    assert ("open-redirect", "query.next") in shown(fresh)  # of which nothing is left out


def stored(shop: Project, change: dict[str, Any] | None = None) -> dict[str, Any]:
    path = shop.pytester.path / ".pytest_cache" / "v" / "prodready" / "inputs"
    known: dict[str, Any] = json.loads(json.loads(path.read_text()))
    if change is not None:
        path.write_text(json.dumps(json.dumps(known | change)))
    return known


def test_what_was_found_is_tried_first(shop: Project) -> None:
    _, fresh = shop.sweep(*SECURITY, quiet=False)
    key = "standard 0 GET /teas query.name sql-injection"
    assert stored(shop)[key] == [["sql-injection", "assam'§"]]
    stored(shop, {key: [["sql-injection", "assam of the hills'§"]]})
    _, report = shop.sweep(*SECURITY, quiet=False)
    assert value(report, "sql-injection", "query.name") == "assam of the hills'§"
    assert [one["id"] for one in report["findings"]] == [one["id"] for one in fresh["findings"]]


@pytest.mark.parametrize(
    "content",
    [
        pytest.param("[]", marks=pytest.mark.long),
        "no JSON",
        pytest.param('"{\\"a\\": [[\\"x\\", \\"y\\"]]}"', marks=pytest.mark.long),
    ],
)
def test_a_store_of_something_else_changes_nothing(shop: Project, content: str) -> None:
    _, fresh = shop.sweep(*SECURITY, quiet=False)
    (shop.pytester.path / ".pytest_cache" / "v" / "prodready" / "inputs").write_text(content)
    assert shop.sweep(*SECURITY, quiet=False)[1]["findings"] == fresh["findings"]


def test_what_proves_nothing_any_more_is_forgotten(shop: Project) -> None:
    shop.sweep(*SECURITY, quiet=False)
    sound = APP.replace("lower('{name}'))\"", 'lower(?))", [name]')
    assert sound != APP
    shop.write({"app.py": sound})
    _, report = shop.sweep(*SECURITY, quiet=False)
    assert ("sql-injection", "query.name") not in shown(report)
    assert stored(shop)["standard 0 GET /teas query.name sql-injection"] == []


def test_nothing_of_hypothesis_is_left_behind(shop: Project) -> None:
    shop.sweep(*SECURITY)
    assert not (shop.pytester.path / ".hypothesis").exists()


TWO_WAYS = """
from html import escape

from flask import Flask, request

app = Flask(__name__)
notes = []


def page():
    return "<!doctype html>" + "".join(f"<p>{note}" for note in notes)


@app.post("/raw")
def raw():
    notes.append(request.form["text"])
    return page()


@app.post("/sound")
def sound():
    notes.append(escape(request.form["text"]))
    return page()
"""


def test_what_one_way_in_has_stored_is_not_told_of_another(project: Project) -> None:
    tests = (
        "import app\n\n\ndef test_both():\n    client = app.app.test_client()\n"
        "    assert b'tea' in client.post('/raw', data={'text': 'tea'}).data\n"
        "    assert b'tea' in client.post('/sound', data={'text': 'tea'}).data\n"
    )
    project.write({"app.py": TWO_WAYS, "test_app.py": tests})
    _, report = project.sweep("--prodready-select=cross-site-scripting")
    failed = {trial["entry"] for trial in report["trials"] if trial["verdict"] == "failed"}
    assert failed == {"POST /raw"}
    assert value(report, "cross-site-scripting", "form.text") == "<§>"
