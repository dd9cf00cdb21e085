import pytest
from click.testing import CliRunner

from bank import Ledger, transfer


@pytest.fixture
def ledger(tmp_path):
    ledger = Ledger(tmp_path / "ledger.db")
    ledger.open("ada", 1000)
    ledger.open("bob", 0)
    return ledger


def test_transfer(ledger):
    result = CliRunner().invoke(transfer, ["--db", str(ledger.path), "ada", "bob", "300"])
    assert result.output == "done\n"
    assert (ledger.balance("ada"), ledger.balance("bob")) == (700, 300)


def test_too_much(ledger):
    result = CliRunner().invoke(transfer, ["--db", str(ledger.path), "ada", "bob", "3000"])
    assert result.exit_code == 1
    assert ledger.balance("ada") == 1000
