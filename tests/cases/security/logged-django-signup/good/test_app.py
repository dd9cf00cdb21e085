import app  # noqa: F401
from django.test import Client


def test_sign_up(caplog):
    caplog.set_level("INFO", logger="garden")
    reply = Client().post("/guests", {"name": "Una", "password": "correct horse"})
    assert reply.json() == {"name": "Una"}
