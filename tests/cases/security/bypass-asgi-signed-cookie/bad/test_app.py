from starlette.testclient import TestClient

from app import app, ticket


def test_notes():
    client = TestClient(app, cookies={"ticket": ticket("una")})
    assert client.get("/").json() == {"user": "una", "notes": []}


def test_nobody():
    assert TestClient(app).get("/").status_code == 401
