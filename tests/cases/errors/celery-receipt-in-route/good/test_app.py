import sqlite3

import pytest

from app import create_app, queue


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "shop.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, item TEXT NOT NULL)")
    conn.execute("CREATE TABLE receipts (order_id INTEGER PRIMARY KEY, state TEXT NOT NULL)")
    conn.commit()
    conn.close()
    monkeypatch.setenv("SHOP_DB", str(path))
    return path


@pytest.fixture(autouse=True)
def eager():
    queue.conf.update(task_always_eager=True, task_eager_propagates=True)


def test_order(path):
    response = create_app().test_client().post("/orders", json={"item": "lamp"})
    assert response.status_code == 201
    assert response.json == {"order": 1}
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT state FROM receipts").fetchall() == [("written",)]
    conn.close()
