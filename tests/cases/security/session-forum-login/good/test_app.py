import pytest

from forum import create_app

HTTPS = "https://localhost"


@pytest.fixture
def client():
    return create_app().test_client()


def log_in(client, target="/"):
    return client.post("/login", query_string={"next": target}, data={"name": "mira", "password": "correct horse"}, base_url=HTTPS)


def test_log_in(client):
    reply = log_in(client, "/posts/latest")
    assert reply.status_code == 302
    assert reply.headers["Location"] == "/posts/latest"


def test_wrong_password(client):
    assert client.post("/login", data={"name": "mira", "password": "x"}, base_url=HTTPS).status_code == 401


def test_post(client):
    log_in(client)
    token = client.get("/", base_url=HTTPS).json["csrf"]
    assert client.post("/posts", data={"text": "Hello", "csrf": token}, base_url=HTTPS).status_code == 201


def test_post_without_log_in(client):
    assert client.post("/posts", data={"text": "Hello"}, base_url=HTTPS).status_code == 401
