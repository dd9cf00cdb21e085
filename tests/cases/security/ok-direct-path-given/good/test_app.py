import app


def test_files(tmp_path):
    path = str(tmp_path / "a.json")
    app.save(path, {"city": "Bath"})
    assert app.load(path) == {"city": "Bath"}
    assert app.read(path).startswith("{")


def test_here():
    assert "read" in app.read("app.py")
    assert app.size("app.py") > 100
