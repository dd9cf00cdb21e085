from unittest import mock

from fastapi.testclient import TestClient

from app import app


def test_signup():
    with mock.patch("smtplib.SMTP") as smtp:
        response = TestClient(app).post("/signup", json={"email": "ann@example.org"})
    assert response.status_code == 202
    sent = smtp.return_value.__enter__.return_value.send_message.call_args.args[0]
    assert sent["To"] == "ann@example.org"


def test_nonsense():
    assert TestClient(app).post("/signup", json={"email": "nobody"}).status_code == 422
