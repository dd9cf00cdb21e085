import sqlite3

import pytest
import respx
from app import CHARGES, create_app


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "office.db")
    conn.execute("CREATE TABLE takings (amount INTEGER, type TEXT)")
    conn.commit()
    conn.close()
    return create_app(tmp_path / "office.db").test_client()


@respx.mock
def test_payments(client):
    charge = {"id": "ch_a", "object": "charge", "amount": 900, "currency": "usd", "paid": True, "status": "succeeded"}
    respx.get(CHARGES).respond(json={"object": "list", "data": [charge]})
    assert client.get("/payments").json == {"payments": [["ch_a", "succeeded"]]}


def test_cash(client):
    assert client.post("/payments", json={"amount": 500, "type": "cash"}).status_code == 201
