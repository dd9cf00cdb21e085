from click.testing import CliRunner

from app import add


def test_add(tmp_path):
    words = ["ada", "--password", "analytical-engine-1", "--database", str(tmp_path / "accounts.db")]
    assert CliRunner().invoke(add, words).output == "done\n"
