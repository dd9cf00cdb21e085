import sqlite3
from contextlib import closing

import pytest
from fastapi.testclient import TestClient

from main import SCHEMA, create_app


@pytest.fixture
def client(tmp_path):
    with closing(sqlite3.connect(tmp_path / "drones.db")) as conn:
        conn.executescript(SCHEMA)
    return TestClient(create_app(tmp_path / "drones.db"))


def test_healthy(client):
    body = {"flight": 12, "charge": 0.85, "rotor_balance": 0.01, "climb_rate": 4.5}
    assert client.put("/drones/7/health", json=body).json() == {"drone": 7, "may_fly": True}


def test_unbalanced(client):
    body = {"flight": 13, "charge": 0.85, "rotor_balance": -0.4, "climb_rate": 4.5}
    assert client.put("/drones/7/health", json=body).json()["may_fly"] is False
