import pytest
from click.testing import CliRunner

from app import main, say


def test_say():
    assert CliRunner().invoke(say, ["tea", "--with", "builtins:len", "--format", "{0} letters"]).output == "3 letters"


def test_out(tmp_path):
    path = tmp_path / "out.txt"
    assert CliRunner().invoke(say, ["tea", "--out", str(path)]).exit_code == 0
    assert path.read_text() == "tea\n"


def test_main(capsys):
    with pytest.raises(SystemExit):
        main(["milk"])
    assert capsys.readouterr().out == "milk\n"
