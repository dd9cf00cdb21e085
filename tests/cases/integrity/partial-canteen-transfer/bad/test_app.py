import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "cards.db")
    conn = sqlite3.connect(app.config["DATABASE"])
    conn.execute("CREATE TABLE cards (owner TEXT PRIMARY KEY, cents INTEGER NOT NULL)")
    conn.executemany("INSERT INTO cards VALUES (?, ?)", [("ann", 500), ("bob", 0)])
    conn.commit()
    conn.close()
    return app.test_client()


def test_transfer(client):
    answer = client.post("/transfers", json={"from": "ann", "to": "bob", "cents": 200})
    assert answer.status_code == 201
    assert answer.json == {"sent": 200}


def test_not_enough(client):
    assert client.post("/transfers", json={"from": "bob", "to": "ann", "cents": 1}).status_code == 409
