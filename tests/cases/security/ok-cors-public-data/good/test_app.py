from starlette.testclient import TestClient

from app import app


def test_stations():
    assert TestClient(app).get("/stations", headers={"Origin": "https://maps.example.com"}).json() == ["North", "South"]


def test_me():
    client = TestClient(app, cookies={"session": "f3b1c55a"})
    answer = client.get("/me", headers={"Origin": "https://app.example.org"})
    assert answer.headers["access-control-allow-origin"] == "https://app.example.org"
