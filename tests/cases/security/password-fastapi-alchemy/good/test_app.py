import pytest
from fastapi.testclient import TestClient

from app import Base, app, engine


@pytest.fixture
def client():
    Base.metadata.drop_all(engine)
    Base.metadata.create_all(engine)
    return TestClient(app)


def test_sign_up(client):
    answer = client.post("/accounts", json={"mail": "ada@example.com", "password": "Analytical-1843"})
    assert answer.status_code == 201
