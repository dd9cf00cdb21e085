import contextlib
import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "hits.db")
    with contextlib.closing(sqlite3.connect(app.config["DATABASE"])) as conn, conn:
        conn.execute("CREATE TABLE hits (page TEXT)")
        conn.execute("INSERT INTO hits VALUES ('home')")
    return app.test_client()


def test_show(client):
    assert client.get("/hits/home").get_json() == {"page": "home", "hits": 1}
