import responses

from app import API, app


def serve():
    responses.get(f"{API}/cities/oslo", json=7)
    responses.get(f"{API}/stations/7/wind", json=1)
    responses.get(f"{API}/rain/today", json=2)
    responses.get(f"{API}/sun/today", json=3)


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == {"wind": 1, "rain": 2, "sun": 3}
