from app import app


def test_country():
    assert app.test_client().get("/countries/ch").get_json() == {"name": "Switzerland"}


def test_unknown():
    assert app.test_client().get("/countries/xx").status_code == 404
