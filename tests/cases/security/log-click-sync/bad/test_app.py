from click.testing import CliRunner

from app import add


def test_add(caplog):
    caplog.set_level("INFO")
    result = CliRunner().invoke(add, ["Ada Lovelace", "--phone", "12"])
    assert result.output == "1 in the book\n"
    assert "Ada" in caplog.text
