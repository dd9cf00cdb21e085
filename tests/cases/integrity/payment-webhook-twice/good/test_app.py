import hashlib
import hmac
import json
import sqlite3

import pytest
from app import SECRET, app
from fastapi.testclient import TestClient


@pytest.fixture
def client(tmp_path):
    app.state.path = tmp_path / "arcade.db"
    conn = sqlite3.connect(app.state.path)
    conn.executescript("""
        CREATE TABLE events (id TEXT PRIMARY KEY);
        CREATE TABLE players (id TEXT PRIMARY KEY, coins INTEGER);
        INSERT INTO players VALUES ('ann', 0);
    """)
    conn.close()
    return TestClient(app)


def test_credited(client):
    body = json.dumps({"id": "evt_a", "type": "payment.succeeded", "player": "ann", "coins": 50})
    signature = hmac.new(SECRET, body.encode(), hashlib.sha256).hexdigest()
    response = client.post("/webhooks/coins", content=body, headers={"X-Signature": signature})
    assert response.json() == {"coins": "are credited"}
