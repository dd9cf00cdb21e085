import app


def test_archive():
    assert b"import app" in app.archive("test_app.py")


def test_shouted():
    assert app.shouted("it is") == "IT IS"
    assert app.script("name") == "name"
