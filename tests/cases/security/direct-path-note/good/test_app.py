import app


def test_note():
    app.NOTES.mkdir(exist_ok=True)
    (app.NOTES / "first.txt").write_text("hello")
    assert app.note("first") == "hello"
    assert app.note("second") == ""
