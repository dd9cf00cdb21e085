import sqlite3

import pytest
from fastapi.testclient import TestClient

from app import app


@pytest.fixture
def client(tmp_path):
    app.state.path = str(tmp_path / "recipes.db")
    conn = sqlite3.connect(app.state.path)
    conn.execute("CREATE TABLE lines (recipe TEXT, what TEXT, amount REAL, unit TEXT)")
    conn.close()
    return TestClient(app)


def test_store(client):
    lines = [{"what": "flour", "amount": 0.5, "unit": "kg"}, {"what": "milk", "amount": 0.3, "unit": "l"}]
    assert client.post("/recipes/bread", json=lines).json() == {"lines": 2}
