import hashlib
import hmac
import json

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from payments.store import Base, Order
from payments.webhook import create_app

SECRET = b"whsec_test"


@pytest.fixture
def sessions(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/pay.db")
    Base.metadata.create_all(engine)
    sessions = sessionmaker(engine)
    with sessions.begin() as session:
        session.add(Order(id="order_A1", amount_paise=49900))
    yield sessions
    engine.dispose()


def test_captured(sessions):
    client = TestClient(create_app(sessions, SECRET))
    body = json.dumps({"event": "payment.captured", "payload": {"payment": {"entity": {
        "id": "pay_1", "order_id": "order_A1", "amount": 49900, "currency": "INR", "status": "captured"}}}}).encode()
    signature = hmac.new(SECRET, body, hashlib.sha256).hexdigest()
    reply = client.post("/webhooks/razorpay", content=body, headers={
        "content-type": "application/json", "x-razorpay-signature": signature, "x-razorpay-event-id": "ev_1"})
    assert reply.json() == {"result": "paid"}
    with sessions() as session:
        assert session.get(Order, "order_A1").status == "paid"
