import httpx
import pytest
import respx
from fastapi.testclient import TestClient

from till.main import app


@pytest.fixture
def client():
    with TestClient(app) as client:
        yield client


def test_checkout(client):
    with respx.mock:
        respx.post("https://connect.squareup.com/v2/payments").mock(return_value=httpx.Response(200, json={
            "payment": {"id": "sq_1", "status": "COMPLETED", "amount_money": {"amount": 1250, "currency": "USD"},
                        "order_id": "o1"}}))
        reply = client.post("/checkout", json={"source_id": "cnon:card-nonce-ok", "cents": 1250})
    assert reply.status_code == 200
    assert reply.json() == {"payment": "sq_1"}
