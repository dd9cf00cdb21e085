import responses

from app import API, app


def serve():
    links = ["/observations", "/observations/p2x9", "/observations/k7aa", "/observations/zz31", None]
    for number, (path, following) in enumerate(zip(links, links[1:])):
        responses.get(f"{API}{path}", json={"items": [number], "next": following})


@responses.activate
def test_weather():
    serve()
    assert app.test_client().get("/weather").get_json() == [0, 1, 2, 3]
