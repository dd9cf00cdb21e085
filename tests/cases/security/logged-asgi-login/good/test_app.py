from starlette.testclient import TestClient

from app import app

client = TestClient(app)


def test_sign_in():
    assert client.post("/login", json={"user": "ada", "password": "correct-horse-77"}).json()["token"]


def test_wrong_password():
    assert client.post("/login", json={"user": "ada", "password": "battery-staple-12"}).status_code == 401
