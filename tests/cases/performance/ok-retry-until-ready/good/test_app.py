import responses

from app import API, app


def serve():
    for ready in (False, False, False, True):
        responses.get(f"{API}/forecast", json={"ready": ready, "celsius": 4})


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == 4
