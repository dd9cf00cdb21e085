import contextlib
import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    app.config["DATABASE"] = str(tmp_path / "orders.db")
    with contextlib.closing(sqlite3.connect(app.config["DATABASE"])) as conn:
        conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT)")
    return app.test_client()


def test_order(client):
    answer = client.post("/orders", json={"item": "tea"})
    assert (answer.status_code, answer.get_json()) == (201, {"id": 1})
