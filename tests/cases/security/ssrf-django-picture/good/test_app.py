import io
from unittest import mock

from django.test import Client

import app


def test_take():
    with mock.patch.object(app.urllib.request, "urlopen", return_value=io.BytesIO(b"12345")):
        answer = Client().post("/pictures/", {"url": "https://pictures.example.org/cat.png"})
    assert answer.json() == {"bytes": 5}
