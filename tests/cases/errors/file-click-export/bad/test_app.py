from click.testing import CliRunner

from app import export


def test_export(tmp_path):
    target = tmp_path / "ranking.csv"
    result = CliRunner().invoke(export, [str(target)])
    assert result.exit_code == 0
    assert target.read_text().splitlines() == ["ann,3", "bob,5"]
