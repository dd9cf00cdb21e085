import sqlite3

import pytest
from werkzeug.test import Client

from guestbook import application


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "guests.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE guests (id INTEGER PRIMARY KEY, name TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return Client(application(path))


def test_sign(client):
    assert client.post("/", data={"name": "Ann"}).status_code == 201
    assert client.get("/").get_data(as_text=True) == "Ann"


def test_no_name(client):
    assert client.post("/").status_code == 400


def test_elsewhere(client):
    assert client.get("/elsewhere").status_code == 404
