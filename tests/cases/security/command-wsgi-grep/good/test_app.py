from werkzeug.test import Client

from app import application


def test_lines_are_counted():
    assert int(Client(application).get("/?word=import").text) > 0
