from werkzeug.test import Client

from app import application


def test_hello():
    assert "Hello Ann" in Client(application).get("/?name=Ann").text
