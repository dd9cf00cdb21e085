import sqlite3

import pytest
from app import create_app
from starlette.testclient import TestClient


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "polls.db")
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE polls (id INTEGER PRIMARY KEY, question TEXT)")
        db.execute("INSERT INTO polls VALUES (1, 'Tea or coffee?')")
    return path


@pytest.fixture
def client(database):
    return TestClient(create_app(database))


def test_show(client):
    assert client.get("/polls/1").json() == {"question": "Tea or coffee?"}


def test_unknown(client):
    assert client.get("/polls/2").status_code == 404
