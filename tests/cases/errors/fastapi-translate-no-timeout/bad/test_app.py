import httpx
import respx
from app import create_app
from fastapi.testclient import TestClient


@respx.mock
def test_translate():
    respx.get("https://translate.example/v2").mock(return_value=httpx.Response(200, json={"text": "hallo"}))
    assert TestClient(create_app()).get("/translate", params={"text": "hello"}).json() == {"text": "hallo"}
