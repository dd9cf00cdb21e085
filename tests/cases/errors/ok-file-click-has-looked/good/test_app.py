from click.testing import CliRunner

from app import count


def test_count(tmp_path):
    (tmp_path / "words.txt").write_text("one two three")
    assert CliRunner().invoke(count, [str(tmp_path / "words.txt")]).output == "3\n"
