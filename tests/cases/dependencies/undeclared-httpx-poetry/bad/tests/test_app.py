import respx
from fastapi.testclient import TestClient
from weather.api import app


@respx.mock
def test_weather():
    respx.get("https://weather.example/now").respond(json={"celsius": 11.5})
    assert TestClient(app).get("/weather/Bonn").json() == {"town": "Bonn", "celsius": 11.5}
