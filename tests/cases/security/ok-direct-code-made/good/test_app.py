import app


def test_record():
    assert app.record("Point", ["x", "y"])(1, 2).y == 2
    assert app.entity("Order")(3).id == 3


def test_part():
    assert app.part("json") == "json"
    assert app.part("nothing") is None
