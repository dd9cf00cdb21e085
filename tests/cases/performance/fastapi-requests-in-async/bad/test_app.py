import responses
from fastapi.testclient import TestClient

from vat import app

client = TestClient(app)


@responses.activate
def test_valid():
    responses.get("https://vies.example.eu/rest/DE/vat/123456789", json={"valid": True, "name": "ACME"})
    assert client.get("/vat/DE/123456789").json() == {"vat": "DE123456789", "valid": True}
