import sqlite3

import httpx
import pytest
from app import Mollie, create_app


def api(request):
    assert request.url.path == "/v2/payments/tr_WDq"
    amount = {"currency": "EUR", "value": "12.50"}
    return httpx.Response(200, json={"resource": "payment", "id": "tr_WDq", "status": "paid", "amount": amount})


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE orders (payment TEXT, total TEXT, state TEXT)")
    conn.execute("INSERT INTO orders VALUES ('tr_WDq', '12.50', 'new')")
    conn.commit()
    conn.close()
    return tmp_path / "shop.db"


@pytest.fixture
def mollie():
    return httpx.MockTransport(api)


def test_paid(path, mollie):
    client = create_app(path, Mollie("test_key", mollie)).test_client()
    assert client.post("/mollie/webhook", data={"id": "tr_WDq"}).status_code == 200
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT state FROM orders").fetchone() == ("paid",)
    conn.close()
