import sqlite3

import pytest
from fastapi.testclient import TestClient

from app import create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "p.db")
    conn.execute("CREATE TABLE stock (pzn INTEGER PRIMARY KEY, packs INTEGER)")
    conn.execute("INSERT INTO stock VALUES (4711, 12)")
    conn.commit()
    conn.close()
    return TestClient(create_app(f"sqlite:///{tmp_path}/p.db"))


def test_stock(client):
    assert client.get("/stock/4711").json() == {"packs": 12}


def test_unknown(client):
    assert client.get("/stock/1").status_code == 404
