import responses

from app import app


@responses.activate
def test_shows_the_rate():
    responses.get("https://rates.example/eur", json={"rate": 1.08})
    assert app.test_client().get("/rate").get_json() == {"eur": 1.08}
