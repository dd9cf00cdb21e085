from fastapi.testclient import TestClient

from app import app


def test_words_are_counted():
    assert TestClient(app).get("/words", params={"text": "one two three"}).json() == {"words": 3}
