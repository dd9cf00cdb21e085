from app import app


def test_backup(tmp_path, monkeypatch):
    monkeypatch.setitem(app.config, "FOLDER", str(tmp_path))
    (tmp_path / "shop.ini").write_text("[shop]\nopen = yes\n")
    assert app.test_client().post("/backup").status_code == 201
    assert (tmp_path / "shop.ini.bak").read_text() == "[shop]\nopen = yes\n"
