import sqlite3

import pytest
from app import app
from fastapi.testclient import TestClient


@pytest.fixture
def client(tmp_path):
    path = str(tmp_path / "wallet.db")
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE wallets (name TEXT, cents INTEGER)")
        db.executemany("INSERT INTO wallets VALUES (?, ?)", [("ada", 500), ("bob", 0)])
    app.state.database = path
    return TestClient(app)


def test_transfer(client):
    answer = client.post("/transfer", params={"source": "ada", "target": "bob", "cents": 200})
    assert answer.json() == {"moved": 200}
