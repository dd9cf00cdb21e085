from click.testing import CliRunner

from app import invoice


def test_invoice():
    result = CliRunner().invoke(invoice, ["--kind", "quick", "100", "2024-02-20"])
    assert result.output == "119.00 until 2024-03-01\n"
