import pytest

from blog import create_app
from blog.db import init_db


@pytest.fixture
def client(tmp_path):
    app = create_app({"TESTING": True, "DATABASE": str(tmp_path / "blog.sqlite")})
    with app.app_context():
        init_db()
    return app.test_client()


def test_empty_blog(client):
    response = client.get("/")
    assert response.status_code == 200
    assert response.json == {"posts": []}


def test_write_a_post(client):
    response = client.post("/posts", data={"title": "First", "body": "Hello"})
    assert response.status_code == 302
    assert client.get("/").json == {"posts": [{"id": 1, "title": "First"}]}


def test_title_is_needed(client):
    assert client.post("/posts", data={"title": "", "body": "Hello"}).status_code == 400
