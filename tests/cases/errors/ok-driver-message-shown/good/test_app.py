import sqlite3

import pytest

from app import create_app


@pytest.fixture(params=[True, False], ids=["testing", "not-testing"])
def client(request, tmp_path):
    path = tmp_path / "plants.db"
    conn = sqlite3.connect(path)
    conn.executescript("CREATE TABLE plants (name TEXT PRIMARY KEY, watered TEXT NOT NULL)")
    conn.close()
    app = create_app(path)
    app.testing = request.param
    return app.test_client()


def test_water(client):
    assert client.post("/plants/fern/water", data={"day": "2030-01-05"}).status_code == 204
    assert client.get("/plants/fern").json == {"plant": "fern", "watered": "2030-01-05"}


def test_unknown(client):
    assert client.get("/plants/oak").status_code == 404
