import app


def test_label():
    assert app.label("Marlow") == "MARLOW\n"
