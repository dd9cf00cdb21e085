from app import app


def test_language():
    answer = app.test_client().post("/language", data={"language": "de"}, headers={"Referer": "http://localhost/"})
    assert answer.headers["Location"] == "http://localhost/"
