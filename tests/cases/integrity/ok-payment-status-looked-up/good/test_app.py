import sqlite3

import pytest
import responses

from app import app

INTENT = {"id": "pi_1", "object": "payment_intent", "status": "succeeded", "amount": 5480, "amount_received": 5480, "currency": "eur"}


@pytest.fixture
def client(tmp_path, monkeypatch):
    path = tmp_path / "desk.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, intent TEXT, last_asked TEXT)")
    conn.execute("INSERT INTO orders (id, intent) VALUES (7, 'pi_1')")
    conn.commit()
    conn.close()
    monkeypatch.setenv("DESK_DB", str(path))
    return app.test_client()


@responses.activate
def test_paid(client):
    responses.get("https://api.stripe.com/v1/payment_intents/pi_1", json=INTENT)
    assert client.get("/orders/7/payment").json == {"order": 7, "payment": "paid"}


def test_no_order(client):
    assert client.get("/orders/8/payment").status_code == 404
