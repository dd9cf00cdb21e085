"""What the `growth` fixture measures, and what is found where it grows."""

from __future__ import annotations

import pytest

from .conftest import Project

APP = """
import sqlite3
from contextlib import closing

import requests
from flask import Flask, jsonify


def create_app(path):
    app = Flask(__name__)

    def connected():
        return closing(sqlite3.connect(path))

    @app.get("/queries")
    def queries():
        with connected() as conn:
            numbers = [number for number, in conn.execute("SELECT id FROM items WHERE id > 0")]
            return jsonify(sum(conn.execute("SELECT price FROM items WHERE id = ?", (n,)).fetchone()[0] for n in numbers))

    @app.get("/rows")
    def rows():
        with connected() as conn:
            return str(len(conn.execute("SELECT a.id FROM items a JOIN items b ON b.id <> a.id").fetchall()))

    @app.get("/calls")
    def calls():
        with connected() as conn:
            numbers = [number for number, in conn.execute("SELECT id FROM items WHERE id > 0")]
        for number in numbers:
            requests.put(f"https://stock.example/items/{number}", timeout=5)
        return "done"

    @app.get("/connections")
    def connections():
        with connected() as conn:
            numbers = [number for number, in conn.execute("SELECT id FROM items WHERE id > 0")]
        for number in numbers:
            with connected():
                pass
        return "done"

    @app.get("/bytes")
    def bytes_():
        with connected() as conn:
            numbers = [number for number, in conn.execute("SELECT id FROM items WHERE id > 0")]
        return jsonify([[one, other] for one in numbers for other in numbers])

    @app.get("/nothing")
    def nothing():
        with connected() as conn:
            found = conn.execute("SELECT count(*), sum(price) FROM items").fetchone()
        return jsonify(found, [number for number in range(20)])

    @app.get("/list")
    def everything():
        with connected() as conn:
            return jsonify(conn.execute("SELECT id, price FROM items WHERE id > 0").fetchall())

    return app
"""
TEST = """
import sqlite3

import pytest
import responses

from app import create_app


@responses.activate
@pytest.mark.prodready_growth(sizes=(4, 16, 64))
def test_growth(tmp_path, growth):
    path = tmp_path / "x.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE items (id INTEGER PRIMARY KEY, price INTEGER)")
    client = create_app(path).test_client()

    def fill(size):
        with conn:
            conn.execute("DELETE FROM items")
            conn.executemany("INSERT INTO items VALUES (?, 2)", [(n + 1,) for n in range(size)])
        for n in range(size):
            responses.put(f"https://stock.example/items/{n + 1}")

    slopes = growth(lambda size: client.get("/<what>"), prepare=fill)
    conn.close()
    assert <expected>
"""


@pytest.mark.parametrize(
    ("what", "expected", "found"),
    [
        ("queries", "0.8 < slopes.queries < 1.1", "queries grow with the data (power 0.93): 5 at size 4, 65 at size 64; most of them by read items"),
        ("rows", "1.9 < slopes.rows < 2.2", "rows grow with the data (power 2.1): 12 at size 4, 4032 at size 64; most of them by read items"),
        ("calls", "slopes.calls == pytest.approx(1) and slopes.queries == 0", "calls grow with the data (power 1.0): 4 at size 4, 64 at size 64; most of them by PUT stock.example/items/<n>"),
        ("connections", "0.8 < slopes.connections < 1.1", "connections grow with the data (power 0.93): 5 at size 4, 65 at size 64; most of them by connect"),
        ("bytes", "1.8 < slopes.bytes < 2.3", "bytes grow with the data (power 2."),
        ("nothing", "slopes == type(slopes)(0, 0, 0, 0, pytest.approx(0, abs=0.1))", ""),
        ("list", "0.9 < slopes.bytes < 1.3 and 0.9 < slopes.rows < 1.1", ""),
    ],
)  # fmt: skip
def test_what_grows_is_measured_and_named(what: str, expected: str, found: str, project: Project) -> None:
    test = TEST.replace("<what>", what).replace("<expected>", expected)
    project.write({"app.py": APP, "test_app.py": test})
    result, report = project.sweep("--prodready-select=superlinear-growth")
    assert "AssertionError" not in result.stdout.str()
    messages = [finding["message"] for finding in report["findings"]]
    assert len(messages) == bool(found), messages
    assert all(message.startswith(found) for message in messages), messages


def test_it_measures_without_the_flag_too(project: Project) -> None:
    test = TEST.replace("<what>", "queries").replace("<expected>", "slopes.queries < 0.3")
    project.write({"app.py": APP, "test_app.py": test})
    project.pytest().assert_outcomes(failed=1)
