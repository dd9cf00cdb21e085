import sqlite3
from contextlib import closing

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "names.db")
    with closing(sqlite3.connect(app.config["DATABASE"])) as conn, conn:
        conn.execute("CREATE TABLE names (id INTEGER, name TEXT)")
        conn.execute("INSERT INTO names VALUES (1, 'Ann')")
    with app.test_client() as client:
        yield client


def test_name(client):
    assert client.get("/names/1").get_json() == {"name": "Ann"}
