import app


def test_reading():
    assert app.settings("a: 1") == {"a": 1}
    assert app.numbers("[1, 2]") == [1, 2]
    assert app.numbers("12") == 12
    assert app.names("<x><y>z</y></x>") == ["z"]
    assert app.given_back(app.kept({"a": 1})) == {"a": 1}
    assert app.record('{"a": "b"}') == {"a": "b"}
