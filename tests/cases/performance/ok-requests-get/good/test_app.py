import responses

from app import API, app


def serve():
    responses.get(f"{API}/now", json=4)


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == 4
