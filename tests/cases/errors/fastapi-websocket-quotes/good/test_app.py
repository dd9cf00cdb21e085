import httpx
import respx
from app import app
from fastapi.testclient import TestClient


@respx.mock
def test_quotes():
    respx.get("https://exchange.example/quotes/ACME").mock(return_value=httpx.Response(200, json={"price": "12.50"}))
    with TestClient(app).websocket_connect("/quotes") as socket:
        socket.send_text("ACME")
        assert socket.receive_json() == {"symbol": "ACME", "price": "12.50"}
        socket.send_text("ACME")
        assert socket.receive_json()["price"] == "12.50"
