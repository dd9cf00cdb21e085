import responses
from fastapi.testclient import TestClient

from app import app


@responses.activate
def test_show():
    responses.get("https://api.weather.example/oslo", json=4)
    assert int(TestClient(app).get("/show").json()) == 4
