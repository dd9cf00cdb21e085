from starlette.testclient import TestClient

from app import app


def test_settings():
    client = TestClient(app, base_url="https://testserver")
    token = client.post("/start").text
    assert client.post("/settings", data={"mail": "ada@example.com", "token": token}).text == "mails go to ada@example.com"
