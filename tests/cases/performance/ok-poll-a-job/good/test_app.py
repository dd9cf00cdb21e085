import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_render():
    answers = iter(range(1, 5))

    def state(request):
        version = next(answers)
        done = {"state": "done", "url": "/x.pdf"} if version == 4 else {"state": "busy"}
        return httpx.Response(200, json={"id": 17, "wait": 0.001, "version": version, **done})

    respx.post("https://api.stock.example/jobs").respond(json={"id": 17, "wait": 0.001, "version": 0, "state": "new"})
    respx.get("https://api.stock.example/jobs/17").mock(side_effect=state)
    with TestClient(app) as client:
        assert client.post("/render/3").json() == "/x.pdf"
