from django.test import Client

import app  # noqa: F401


def test_search():
    assert "tea &amp; milk" in Client().get("/search/", {"words": "tea & milk"}).content.decode()


def test_badge():
    assert "Earl" in Client().get("/badge/earl grey/").content.decode()


def test_suggest():
    assert Client().get("/suggest/", {"words": "tea"}).json()["echo"] == "tea"
