import sqlite3

import pytest

import app


@pytest.fixture(autouse=True)
def db(tmp_path, monkeypatch):
    path = tmp_path / "stock.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE stock (name, count)")
    conn.execute("INSERT INTO stock VALUES ('bolts', 3)")
    conn.commit()
    conn.close()
    monkeypatch.setenv("STOCK_DB", str(path))


def test_add(capsys):
    app.run(["add", "nuts", "5"])
    assert capsys.readouterr().out == "5 nuts\n"


def test_drop(capsys):
    app.run(["drop", "bolts"])
    assert capsys.readouterr().out == "1 kinds dropped\n"
