from unittest import mock

import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.orm import sessionmaker

from orders import Base, GatewayDown, app


@pytest.fixture
def gateway(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/orders.db")
    Base.metadata.create_all(engine)
    app.state.sessions = sessionmaker(engine)
    app.state.gateway = mock.Mock()
    app.state.gateway.submit.return_value = "G-1"
    yield app.state.gateway
    engine.dispose()


def test_placed(gateway):
    assert TestClient(app).post("/orders", json={"item": "pen"}).json() == {"order": 1, "state": "placed"}
    gateway.submit.assert_called_once_with(1, "pen")


def test_queued(gateway):
    gateway.submit.side_effect = GatewayDown
    reply = TestClient(app).post("/orders", json={"item": "pen"})
    assert reply.status_code == 202
    assert reply.json()["state"] == "queued"
