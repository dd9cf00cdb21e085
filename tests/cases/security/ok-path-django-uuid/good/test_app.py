import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

import app  # noqa: F401


@pytest.fixture(autouse=True)
def folder(tmp_path, monkeypatch):
    monkeypatch.setenv("AVATARS", str(tmp_path))


def test_avatar():
    client = Client()
    answer = client.post("/avatars/", {"picture": SimpleUploadedFile("me at sea.png", b"\x89PNG")})
    assert answer.json()["shown"] == "me_at_sea.png"
    shown = client.get("/avatars/" + answer.json()["name"])
    assert b"".join(shown.streaming_content) == b"\x89PNG"
