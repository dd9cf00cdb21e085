import sqlite3

import pytest
from app import create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE accounts (id TEXT, balance INTEGER)")
    conn.execute("INSERT INTO accounts VALUES ('a', 0)")
    conn.commit()
    conn.close()
    return create_app(tmp_path / "x.db").test_client()


def test_credit(client):
    event = {"type": "payment.succeeded", "account": "a", "amount": 500, "currency": "EUR"}
    response = client.post("/webhooks/payments", json=event)
    assert response.status_code == 200
    assert response.json == {"ok": True}
