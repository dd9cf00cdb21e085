from settings import settings


def test_settings():
    assert settings("debug: no") == {"debug": False}
