import app as members
import pytest
from fastapi.testclient import TestClient
from sqlalchemy import create_engine
from sqlalchemy.pool import StaticPool


@pytest.fixture
def client():
    engine = create_engine("sqlite://", connect_args={"check_same_thread": False}, poolclass=StaticPool)
    members.Base.metadata.create_all(engine)
    members.SessionLocal.configure(bind=engine)
    yield TestClient(members.create_app())
    engine.dispose()


def test_join_and_show(client):
    made = client.post("/api/v1/members", params={"email": "ada@example.org"})
    assert made.status_code == 201
    assert client.get(f"/api/v1/members/{made.json()['id']}").json()["email"] == "ada@example.org"


def test_joins_once(client):
    client.post("/api/v1/members", params={"email": "ada@example.org"})
    assert client.post("/api/v1/members", params={"email": "ada@example.org"}).status_code == 409
