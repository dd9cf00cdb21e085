import pytest

from app import app


@pytest.fixture
def client():
    return app.test_client()


def test_warranty(client):
    reply = client.get("/warranty").json
    assert reply["reminder"] < reply["ends"]


def test_quarter(client):
    assert client.get("/quarter").json["quarter"] in (1, 2, 3, 4)
