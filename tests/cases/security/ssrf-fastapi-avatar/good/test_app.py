import httpx
import respx
from fastapi.testclient import TestClient

from app import app


@respx.mock
def test_avatar():
    respx.get("https://pictures.example/ada.png").mock(return_value=httpx.Response(200, content=b"png"))
    reply = TestClient(app).post("/avatar", json={"url": "https://pictures.example/ada.png"})
    assert reply.json() == {"size": 3}
