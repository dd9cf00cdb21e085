import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_file():
    for mirror in ("one", "two", "three"):
        respx.get(f"https://{mirror}.mirrors.example/x.txt").respond(404)
    respx.get("https://four.mirrors.example/x.txt").respond(text="tea")
    with TestClient(app) as client:
        assert client.get("/file/x.txt").json() == "tea"
