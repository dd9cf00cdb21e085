from click.testing import CliRunner
from greet.cli import greet


def test_greet():
    assert CliRunner().invoke(greet, ["--name", "Ann"]).output == "Hello, Ann!\n"
