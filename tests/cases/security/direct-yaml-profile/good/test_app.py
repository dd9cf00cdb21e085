import app


def test_profile():
    assert app.profile("name: Ada\ncity: London\n") == {"name": "Ada", "city": "London"}
    assert app.profile("name: [") == {}
