import sqlite3

import pytest
from app import create_app


@pytest.fixture
def client():
    conn = sqlite3.connect(":memory:", check_same_thread=False)
    conn.execute("CREATE TABLE accounts (name TEXT PRIMARY KEY, digest TEXT)")
    yield create_app(conn).test_client()
    conn.close()


def test_account(client):
    form = {"name": "ada", "password": "analytical-engine-1"}
    assert client.post("/accounts", data=form).status_code == 201
    assert client.post("/login", data=form).json["token"]
    assert client.post("/login", data={**form, "password": "difference-engine-2"}).status_code == 401
