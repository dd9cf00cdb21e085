import app


def test_greet():
    assert app.greet("Ann") == "Hello Ann"
