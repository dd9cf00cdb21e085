import json
import sqlite3

import pytest
import responses

from app import create_app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "orders.db"
    conn = sqlite3.connect(path)
    conn.executescript("""
        CREATE TABLE orders (id INTEGER PRIMARY KEY, cents INTEGER NOT NULL, state TEXT NOT NULL);
        INSERT INTO orders VALUES (1, 1999, 'new');
    """)
    conn.close()
    app = create_app(path)
    app.testing = True
    return app.test_client()


def charge(request):
    order = json.loads(request.body)
    return 201, {}, json.dumps({"id": "c1", "status": "paid", "amount": order["amount"], "currency": order["currency"]})


@responses.activate
def test_pay(client):
    responses.add_callback(responses.POST, "https://pay.example/charges", callback=charge)
    response = client.post("/orders/1/pay")
    assert response.status_code == 200
    assert response.json == {"order": 1, "state": "paid"}


def test_no_order(client):
    assert client.post("/orders/2/pay").status_code == 404
