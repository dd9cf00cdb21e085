import responses

from app import API, app


def serve():
    for number in (1, 2, 3, 4):
        items = [number] if number < 4 else []
        responses.get(f"{API}/observations", json=items, match=[responses.matchers.query_param_matcher({"page": number})])


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == [1, 2, 3]
