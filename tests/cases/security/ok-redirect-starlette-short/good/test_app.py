from starlette.testclient import TestClient

from app import app

client = TestClient(app, follow_redirects=False)


def test_make_and_follow():
    made = client.post("/links", data={"name": "faq1", "url": "https://www.example.org/faq?a=1"})
    assert made.status_code == 201
    assert client.get("/to/faq1").headers["location"] == "https://www.example.org/faq?a=1"


def test_unknown():
    assert client.get("/to/nothing here").headers["location"] == "/search?words=nothing%20here"
