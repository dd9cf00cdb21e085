import sqlite3

import pytest
import responses
from app import CHARGES, create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.executescript("""
        CREATE TABLE orders (id INTEGER PRIMARY KEY, cents INTEGER, state TEXT, intent TEXT);
        INSERT INTO orders VALUES (1, 1999, 'new', NULL);
    """)
    conn.close()
    return create_app(tmp_path / "shop.db").test_client()


@responses.activate
def test_pay(client):
    intent = {"id": "pi_3Nk", "object": "payment_intent", "amount": 1999, "amount_received": 1999, "currency": "eur"}
    responses.post(CHARGES, json={**intent, "status": "succeeded", "next_action": None})
    response = client.post("/orders/1/pay")
    assert response.status_code == 200
    assert response.json == {"order": 1, "state": "paid"}


@responses.activate
def test_declined(client):
    responses.post(CHARGES, json={"error": {"type": "card_error", "code": "card_declined"}}, status=402)
    assert client.post("/orders/1/pay").status_code == 502
