import app


def test_greeting():
    assert app.greeting("Ada") == "<p>Dear Ada</p>"
    assert app.line("Ada", mood="merry") == "Ada is merry"
    assert app.banner("Hello") == "*** Hello ***"
