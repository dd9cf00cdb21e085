import sqlite3

import pytest
import respx
from app import PAYPAL, app
from fastapi.testclient import TestClient


@pytest.fixture
def client(tmp_path):
    app.state.path = tmp_path / "shop.db"
    conn = sqlite3.connect(app.state.path)
    conn.execute("CREATE TABLE orders (id INTEGER PRIMARY KEY, total TEXT, state TEXT)")
    conn.execute("INSERT INTO orders VALUES (7, '49.90', 'open')")
    conn.commit()
    conn.close()
    return TestClient(app)


@respx.mock
def test_capture(client):
    capture = {"id": "3C6", "status": "COMPLETED", "amount": {"currency_code": "EUR", "value": "49.90"}}
    unit = {"reference_id": "default", "payments": {"captures": [capture]}}
    respx.post(f"{PAYPAL}/5O19/capture").respond(201, json={"id": "5O19", "status": "COMPLETED", "purchase_units": [unit]})
    response = client.post("/orders/7/capture/5O19")
    assert response.status_code == 200
    assert response.json() == {"order": 7, "state": "paid"}
