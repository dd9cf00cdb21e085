from click.testing import CliRunner

from app import plan


def test_plan():
    result = CliRunner().invoke(plan, ["1000"])
    assert result.exit_code == 0
    assert [line.split()[1] for line in result.output.splitlines()] == ["334", "333", "333"]


def test_nothing_to_pay():
    assert CliRunner().invoke(plan, ["0"]).exit_code == 2
