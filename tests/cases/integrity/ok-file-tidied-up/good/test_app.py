from app import app


def test_convert(tmp_path):
    app.config["FOLDER"] = tmp_path
    assert app.test_client().post("/words", data="one two").get_json() == {"words": 2}
    assert list(tmp_path.iterdir()) == []
