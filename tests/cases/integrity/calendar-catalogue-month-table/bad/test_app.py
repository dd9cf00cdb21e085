import httpx
import respx

from app import Catalogue, app


@respx.mock
def test_coming():
    respx.get(Catalogue.url).mock(return_value=httpx.Response(200, json=[{"title": "On tea"}]))
    reply = app.test_client().get("/coming")
    assert reply.status_code == 200
    assert reply.json["titles"] == ["On tea"]
