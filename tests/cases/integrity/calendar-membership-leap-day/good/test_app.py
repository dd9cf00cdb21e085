import sqlite3
from datetime import date

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "members.db"
    conn = sqlite3.connect(path)
    conn.executescript("CREATE TABLE members (id INTEGER PRIMARY KEY, until TEXT); INSERT INTO members VALUES (1, NULL);")
    conn.close()
    app.config["DATABASE"] = str(path)
    return app.test_client()


def test_renew(client):
    reply = client.post("/members/1/renewal")
    assert reply.status_code == 200
    assert reply.json["until"] > date.today().isoformat()


def test_nobody(client):
    assert client.post("/members/2/renewal").status_code == 404
