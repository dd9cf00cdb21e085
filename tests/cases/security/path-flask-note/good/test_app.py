from app import app


def test_a_note_is_shown(tmp_path):
    (tmp_path / "monday.txt").write_text("buy milk")
    app.config["NOTES"] = str(tmp_path)
    reply = app.test_client().get("/note", query_string={"name": "monday.txt"})
    assert reply.status_code == 200
    assert reply.text == "buy milk"
