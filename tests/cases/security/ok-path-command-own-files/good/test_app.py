import sys

import app


def test_two_parts_become_one(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("tea ")
    (tmp_path / "b.txt").write_text("milk")
    out = tmp_path / "all.txt"
    out.write_text("old")
    monkeypatch.setattr(
        sys, "argv", ["join", str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "--backup", "-o", str(out)]
    )
    app.main()
    assert out.read_text() == "tea milk"
    assert (tmp_path / "all.bak").read_text() == "old"


def test_copy(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("tea")
    words = ["join", str(tmp_path / "a.txt"), "-o", str(tmp_path / "x.txt"), "--dir", str(tmp_path), "--copy-as=y.txt"]
    monkeypatch.setattr(sys, "argv", words)
    app.main()
    assert (tmp_path / "y.txt").read_text() == "tea"


def test_files_of_the_folder_one_is_in(tmp_path, monkeypatch):
    (tmp_path / "a.txt").write_text("tea")
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(sys, "argv", ["join", "a.txt", "-o", "all.txt"])
    app.main()
    assert (tmp_path / "all.txt").read_text() == "tea"
