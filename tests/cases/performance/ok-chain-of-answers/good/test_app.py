import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_managers():
    names = ["anna", "berta", "carla", "doris", None]
    for name, manager in zip(names, names[1:]):
        respx.get(f"https://api.stock.example/people/{name}").respond(json={"manager": manager})
    with TestClient(app) as client:
        assert client.get("/managers/anna").json() == ["berta", "carla", "doris"]
