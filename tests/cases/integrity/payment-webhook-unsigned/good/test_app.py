import sqlite3

import pytest
from app import create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "x.db")
    conn.execute("CREATE TABLE orders (id TEXT, state TEXT)")
    conn.execute("INSERT INTO orders VALUES ('a', 'new')")
    conn.commit()
    conn.close()
    return create_app(tmp_path / "x.db").test_client()


def test_paid_event(client):
    event = {"type": "payment.succeeded", "order": "a", "amount": 500, "currency": "EUR"}
    response = client.post("/webhooks/payments", json=event, headers={"X-Webhook-Secret": "s3cret"})
    assert response.status_code == 200
    assert response.json == {"ok": True}
