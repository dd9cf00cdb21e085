from click.testing import CliRunner

from app import invoice


def test_invoice(tmp_path):
    result = CliRunner().invoke(invoice, [str(tmp_path), "12"])
    assert result.output == "invoice 12 is written\n"
    assert (tmp_path / "12.txt").read_text() == "invoice 12"
