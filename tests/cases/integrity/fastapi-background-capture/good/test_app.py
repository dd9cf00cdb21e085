import httpx
import respx
from app import app
from fastapi.testclient import TestClient

BOOKING = {"room": 12, "email": "guest@example.org", "authorisation": "auth_a"}


@respx.mock
def test_book():
    capture = respx.post("https://payments.example/v1/charges/auth_a/capture").mock(
        return_value=httpx.Response(200, json={"status": "captured"})
    )
    mail = respx.post("https://mail.example/v1/messages").mock(return_value=httpx.Response(202, json={}))
    response = TestClient(app).post("/bookings", json=BOOKING)
    assert response.status_code == 201
    assert response.json() == {"room": 12}
    assert capture.called
    assert mail.called
