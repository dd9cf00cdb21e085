import json
import sqlite3

import pytest
import responses

from shop import create_app
from shop.db import init_db

PAYMENTS = "https://api.payments.example/v1"
SHIPPING = "https://api.shipping.example/v1"
NOTIFY = "https://api.notify.example/v1"


@pytest.fixture
def database(tmp_path):
    path = str(tmp_path / "shop.db")
    init_db(path)
    connection = sqlite3.connect(path)
    connection.executemany(
        "INSERT INTO products (id, name, price, weight, stock) VALUES (?, ?, ?, ?, ?)",
        [(1, "Teapot", 2500, 900, 10), (2, "Cup", 600, 200, 40), (3, "Strainer", 450, 50, 0)],
    )
    connection.commit()
    connection.close()
    return path


@pytest.fixture
def app(database):
    return create_app({"TESTING": True, "DATABASE": database})


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def payments():
    """The payment provider and the mail service: every charge, refund and message goes through."""

    def charge(request):
        body = json.loads(request.body)
        reply = {"id": "ch_1", "status": "succeeded", "amount": body["amount"], "currency": body["currency"]}
        return 201, {}, json.dumps(reply)

    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        mock.add_callback(responses.POST, f"{PAYMENTS}/charges", callback=charge, content_type="application/json")
        mock.post(f"{PAYMENTS}/refunds", json={"id": "re_1", "status": "succeeded"}, status=201)
        mock.post(f"{NOTIFY}/messages", json={"id": "msg_1", "status": "accepted"}, status=202)
        yield mock


@pytest.fixture
def order(client, payments):
    """A paid order for two teapots and a cup."""
    items = [{"product": 1, "quantity": 2}, {"product": 2, "quantity": 1}]
    response = client.post("/orders", json={"email": "ada@example.com", "items": items})
    assert response.status_code == 201
    return response.get_json()["id"]
