import app

ORDER = {"total": 30, "country": "FR"}


def test_applies():
    assert app.applies("total > 20 and country == 'FR'", ORDER)
    assert app.applies("total", ORDER)


def test_others():
    assert app.field("country", ORDER) == "FR"
    assert app.defined("limit = 3") == ["limit"]
    assert app.selected([1, 2, 3], "x > 2") == [3]
    assert app.doubled("x")(4) == 8
