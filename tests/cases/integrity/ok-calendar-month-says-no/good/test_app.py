from fastapi.testclient import TestClient

from app import app, booking_day

client = TestClient(app)


def test_book():
    assert client.post("/bookings", params={"months": 12}).status_code == 201


def test_too_far():
    assert client.post("/bookings", params={"months": 30}).status_code == 422


def test_booking_day():
    assert booking_day(12).isoformat()
