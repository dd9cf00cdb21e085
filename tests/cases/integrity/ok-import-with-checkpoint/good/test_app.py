from click.testing import CliRunner

from cli import load

LINES = "".join(f"M-{n:03};{n};{n * 1200}\n" for n in range(1, 9))


def call(tmp_path, text):
    return CliRunner().invoke(load, ["north"], input=text, obj=f"sqlite:///{tmp_path}/heating.db")


def test_load(tmp_path):
    result = call(tmp_path, LINES)
    assert result.exit_code == 0
    assert result.output == "north: 8 readings loaded\n"


def test_goes_on(tmp_path):
    call(tmp_path, LINES)
    assert "1 readings loaded" in call(tmp_path, LINES + "M-100;7;9\n").output
