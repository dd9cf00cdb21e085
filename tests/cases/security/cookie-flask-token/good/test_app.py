from app import app


def test_login():
    answer = app.test_client().post("/login", data={"name": "ann"})
    assert answer.status_code == 200
