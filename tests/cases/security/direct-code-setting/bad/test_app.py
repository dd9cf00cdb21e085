import app


def test_setting():
    assert app.setting("retries", "3") == ("retries", 3)
    assert app.setting("mode", "fast") == ("mode", "fast")
