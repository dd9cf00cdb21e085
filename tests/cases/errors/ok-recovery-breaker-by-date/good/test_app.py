import requests_mock

from app import app


def test_shows_the_weather():
    with requests_mock.Mocker() as mock:
        mock.get("https://weather.example/now", json={"temp": 21})
        assert app.test_client().get("/weather").get_json() == {"temp": 21}
