from unittest.mock import patch

import requests

import app


def ok(*args, **kwargs):
    reply = requests.Response()
    reply.status_code, reply._content = 200, b"{}"
    return reply


@patch.object(requests.Session, "send", side_effect=ok)
def test_send(send):
    assert app.ask("https://shop.example/prices").status_code == 200
