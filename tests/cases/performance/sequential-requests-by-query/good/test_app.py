import responses

from app import API, app


def serve():
    for number, city in enumerate(("oslo", "bergen", "bodo")):
        responses.get(f"{API}/now", json=number, match=[responses.matchers.query_param_matcher({"city": city})])
    responses.get(f"{API}/now", json={"oslo": 0, "bergen": 1, "bodo": 2},
                  match=[responses.matchers.query_param_matcher({"cities": "oslo,bergen,bodo"})])


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == {"oslo": 0, "bergen": 1, "bodo": 2}
