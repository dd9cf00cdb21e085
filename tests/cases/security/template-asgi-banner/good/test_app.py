from starlette.testclient import TestClient

from app import app


def test_banner():
    reply = TestClient(app).get("/", params={"text": "pears {now}", "price": "2"})
    assert reply.text == "*** pears {now} ***\nonly 2"
