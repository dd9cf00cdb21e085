import pytest

from polling import create_app
from polling.badges import Observer


@pytest.fixture
def app():
    return create_app("a secret of the electoral office")


@pytest.fixture
def headers(app):
    return {"X-Badge": app.extensions["badges"].issue(Observer("I. Duarte", "st-12"))}


def test_count(app, headers):
    reply = app.test_client().get("/stations/st-12/count", headers=headers)
    assert reply.status_code == 200
    assert reply.json["count"] == {"yes": 412, "no": 377}


def test_me(app, headers):
    assert app.test_client().get("/me", headers=headers).json == {"name": "I. Duarte", "station": "st-12"}
