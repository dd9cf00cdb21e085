from starlette.testclient import TestClient

from app import WRONG, app


def test_login():
    WRONG.clear()
    client = TestClient(app)
    assert client.post("/login", json={"name": "alan", "password": "enigma-machine-9"}).json()["token"]
    assert client.post("/login", json={"name": "alan", "password": "bombe-machine-10"}).status_code == 401
