from click.testing import CliRunner

from app import main


def test_main():
    result = CliRunner().invoke(main, ["--hour", "3"])
    assert result.exit_code == 0
    assert result.output.startswith("in ")


def test_no_zone():
    assert CliRunner().invoke(main, ["--zone", "Mars/Olympus"]).exit_code == 1
