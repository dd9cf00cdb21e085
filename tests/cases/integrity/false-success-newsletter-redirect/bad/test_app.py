import pytest

from app import create_app, metadata


@pytest.fixture
def app(tmp_path):
    app = create_app(f"sqlite:///{tmp_path}/newsletter.db")
    metadata.create_all(app.extensions["engine"])
    yield app
    app.extensions["engine"].dispose()


def test_subscribe(app):
    response = app.test_client().post("/newsletter", data={"email": "ann@post.example"})
    assert response.status_code == 303
    assert response.location == "/thanks"


def test_twice(app):
    client = app.test_client()
    for _ in range(2):
        assert client.post("/newsletter", data={"email": "bob@post.example"}).status_code == 303


def test_no_address(app):
    assert app.test_client().post("/newsletter").status_code == 400
