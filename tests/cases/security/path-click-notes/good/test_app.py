from click.testing import CliRunner

from app import notes


def test_show(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTES_HOME", str(tmp_path))
    (tmp_path / "tea.txt").write_text("milk first")
    result = CliRunner().invoke(notes, ["show", "tea"])
    assert result.output == "milk first\n"


def test_import(tmp_path):
    path = tmp_path / "list.txt"
    path.write_text("tea\nmilk\n")
    result = CliRunner().invoke(notes, ["import", str(path), "--out", str(tmp_path / "count.txt")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "count.txt").read_text() == "2 lines\n"
