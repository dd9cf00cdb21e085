import runpy
import sqlite3
import sys

import pytest
import responses


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "rates.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE rates (name TEXT PRIMARY KEY, rate TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return str(path)


@responses.activate
def test_rates_are_stored(path, monkeypatch, capsys):
    responses.get("https://rates.example/v2/latest", json={"rates": {"EUR": 0.9, "SEK": 10.5}})
    monkeypatch.setattr(sys, "argv", ["app.py", path])
    runpy.run_module("app", run_name="__main__")
    assert capsys.readouterr().out == "2 rates\n"
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT name, rate FROM rates ORDER BY name").fetchall() == [("EUR", "0.9"), ("SEK", "10.5")]
    conn.close()
