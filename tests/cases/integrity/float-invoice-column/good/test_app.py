import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine

import app as invoices


@pytest.fixture
def client(tmp_path):
    engine = create_engine(f"sqlite:///{tmp_path}/invoices.db")
    invoices.Base.metadata.create_all(engine)
    invoices.sessions.configure(bind=engine)
    yield TestClient(invoices.app)
    engine.dispose()


def test_create(client):
    answer = client.post("/invoices", json={"customer": "Ann", "amount": "119.90"})
    assert answer.status_code == 201
    assert answer.json() == {"invoice": 1}
