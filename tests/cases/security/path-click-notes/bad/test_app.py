from click.testing import CliRunner

from app import notes


def test_show(tmp_path, monkeypatch):
    monkeypatch.setenv("NOTES_HOME", str(tmp_path))
    (tmp_path / "tea.txt").write_text("milk first")
    result = CliRunner().invoke(notes, ["show", "tea"])
    assert result.output == "milk first\n"
