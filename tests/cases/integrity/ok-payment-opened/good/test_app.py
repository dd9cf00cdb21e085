import sqlite3

import pytest
import responses
from app import PAYMENTS, create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT, state TEXT, payment TEXT)")
    conn.execute("INSERT INTO orders VALUES (4, '12.00', 'new', NULL)")
    conn.commit()
    conn.close()
    return create_app(tmp_path / "shop.db").test_client()


@responses.activate
def test_checkout(client):
    links = {"checkout": {"href": "https://www.mollie.com/checkout/select/7UhSN"}}
    amount = {"currency": "EUR", "value": "12.00"}
    responses.post(PAYMENTS, json={"id": "tr_7UhSN", "status": "open", "amount": amount, "_links": links}, status=201)
    response = client.post("/orders/4/checkout")
    assert response.status_code == 302
    assert response.location.startswith("https://www.mollie.com/")
