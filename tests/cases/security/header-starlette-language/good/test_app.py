from starlette.testclient import TestClient

from app import app


def test_greet():
    assert TestClient(app).get("/?language=de").headers["content-language"] == "de"
