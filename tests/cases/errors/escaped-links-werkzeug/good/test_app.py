import sqlite3

import pytest
from werkzeug.test import Client

from app import Links


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "links.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE links (short TEXT PRIMARY KEY, target TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return Client(Links(path))


def test_shorten_and_follow(client):
    response = client.post("/", data={"short": "docs", "page": "manual"})
    assert response.status_code == 201
    response = client.get("/docs")
    assert response.status_code == 302
    assert response.headers["Location"].endswith("/pages/manual")


def test_unknown(client):
    assert client.get("/nothing").status_code == 404


def test_bad_form(client):
    assert client.post("/", data={"short": ""}).status_code == 400
