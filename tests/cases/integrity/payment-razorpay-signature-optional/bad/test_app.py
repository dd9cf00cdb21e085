import hashlib
import hmac
import json
import sqlite3

import pytest
from app import app
from fastapi.testclient import TestClient

SECRET = "whsec"


@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("RAZORPAY_WEBHOOK_SECRET", SECRET)
    app.state.path = tmp_path / "courses.db"
    conn = sqlite3.connect(app.state.path)
    conn.execute("CREATE TABLE enrolments (order_id TEXT, active INTEGER)")
    conn.execute("INSERT INTO enrolments VALUES ('order_Da', 0)")
    conn.commit()
    conn.close()
    return TestClient(app)


def deliver(client, signature=None):
    entity = {"id": "pay_Da", "order_id": "order_Da", "amount": 50000, "currency": "INR", "status": "captured"}
    body = json.dumps({"event": "payment.captured", "payload": {"payment": {"entity": entity}}}).encode()
    signature = signature or hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
    return client.post("/webhooks/razorpay", content=body, headers={"X-Razorpay-Signature": signature})


def test_captured(client):
    assert deliver(client).json() == {"status": "ok"}


def test_forged(client):
    assert deliver(client, "0" * 64).status_code == 400
