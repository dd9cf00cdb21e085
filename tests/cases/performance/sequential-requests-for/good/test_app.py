import responses

from app import API, app


def serve():
    for number, city in enumerate(("oslo", "bergen", "bodo")):
        responses.get(f"{API}/cities/{city}", json=number)


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == {"oslo": 0, "bergen": 1, "bodo": 2}
