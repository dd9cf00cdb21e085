import sqlite3

import pytest
import responses
from app import VERIFY, app
from fastapi.testclient import TestClient


@pytest.fixture
def client(tmp_path):
    app.state.path = tmp_path / "shop.db"
    conn = sqlite3.connect(app.state.path)
    conn.execute("CREATE TABLE orders (id TEXT PRIMARY KEY, state TEXT)")
    conn.execute("INSERT INTO orders VALUES ('a', 'new')")
    conn.commit()
    conn.close()
    return TestClient(app)


@responses.activate
def test_capture(client):
    responses.post(VERIFY, json={"verification_status": "SUCCESS"})
    resource = {"id": "42311647XV020574X", "status": "COMPLETED", "custom_id": "a", "amount": {"value": "9.00"}}
    event = {"id": "WH-2W", "event_type": "PAYMENT.CAPTURE.COMPLETED", "resource": resource}
    headers = {"PayPal-Transmission-Sig": "kLb1L7hSuKvuyU0cVBaBmZ0lyiZQ", "PayPal-Transmission-Id": "69cd13f0"}
    response = client.post("/paypal/webhook", json=event, headers=headers)
    assert response.status_code == 200
