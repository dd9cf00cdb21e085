import requests_mock

from app import create_app


def test_avatar():
    with requests_mock.Mocker() as api:
        api.get("https://avatars.example.com/7.png", content=b"PNG")
        reply = create_app().test_client().get("/avatar?url=https://avatars.example.com/7.png")
    assert (reply.status_code, reply.data) == (200, b"PNG")


def test_other_host():
    assert create_app().test_client().get("/avatar?url=https://evil.example/").status_code == 403
