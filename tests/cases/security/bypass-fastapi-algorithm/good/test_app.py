from fastapi.testclient import TestClient

from app import app, make

client = TestClient(app)


def test_me():
    assert client.get("/me", headers={"Authorization": "Bearer " + make("ada")}).json() == {"user": "ada"}


def test_nobody():
    assert client.get("/me").status_code == 401
