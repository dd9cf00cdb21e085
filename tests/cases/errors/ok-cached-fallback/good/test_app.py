import pytest
import responses

from app import Flags, create_app


@pytest.fixture
def client():
    app = create_app(Flags("https://flags.example/shop"))
    app.testing = True
    return app.test_client()


@responses.activate
def test_defaults_are_what_we_have(client):
    responses.get("https://flags.example/shop", json={"dark": False, "beta": False})
    assert client.get("/flags").json == {"dark": False, "beta": False}


@responses.activate
def test_changed(client):
    responses.get("https://flags.example/shop", json={"dark": True, "beta": False})
    assert client.get("/flags").json["dark"] is True
    assert client.get("/flags").json["dark"] is True
