from fastapi.testclient import TestClient

from app import PEOPLE, app


def test_twice(caplog):
    PEOPLE.clear()
    client = TestClient(app)
    form = {"mail": "ada@example.com", "password": "analytical-engine-1"}
    assert client.post("/people", json=form).status_code == 201
    assert client.post("/people", json=form).status_code == 409
