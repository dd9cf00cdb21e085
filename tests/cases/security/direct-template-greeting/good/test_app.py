import app


def test_letter():
    assert app.letter("Ada") == "Dear Ada, yours"
