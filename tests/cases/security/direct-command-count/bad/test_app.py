import app


def test_lines():
    assert app.lines("test_app.py") == 6
    assert app.lines("nothing.log") == 0
