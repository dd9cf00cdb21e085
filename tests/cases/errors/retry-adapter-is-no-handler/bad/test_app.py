import pytest
import responses

from app import app


@pytest.fixture
def weather():
    with responses.RequestsMock() as mock:
        yield mock


def test_forecast(weather):
    weather.get(
        "https://weather.example/api/places/3000",
        json={"place": "Bern", "days": [{"date": "2026-05-01", "min": 8, "max": 19}]},
    )
    response = app.test_client().get("/forecast/3000")
    assert response.status_code == 200
    assert response.json == {"days": [{"day": "2026-05-01", "max": 19}]}
