import httpx
import respx
from app import app
from fastapi.testclient import TestClient


@respx.mock
def test_add():
    respx.put("https://registry.example/devices/SN1").mock(return_value=httpx.Response(200, json={}))
    assert TestClient(app).post("/devices", json={"serial": "SN1"}).status_code == 201
