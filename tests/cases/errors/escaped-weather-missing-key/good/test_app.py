import responses

from app import API, app

client = app.test_client()


@responses.activate
def test_weather():
    responses.get(API, json={"city": "Bern", "temperature": 21, "sky": "clear"})
    response = client.get("/weather/Bern")
    assert response.status_code == 200
    assert response.json == {"city": "Bern", "celsius": 21, "sky": "clear"}


def test_odd_city():
    assert client.get("/weather/$$$").status_code == 404
