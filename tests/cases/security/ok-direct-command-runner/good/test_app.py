import app


def test_run(tmp_path):
    assert app.run("echo hello") == "hello\n"
    assert app.run("true") == ""
    assert app.in_folder(tmp_path, "pwd") == f"{tmp_path}\n"


def test_others():
    assert app.piped("true", "cat") == ""
    assert "3." in app.python("-V") + "3."
    assert app.timed("true") == "done"
