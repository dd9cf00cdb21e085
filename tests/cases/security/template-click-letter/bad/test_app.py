from click.testing import CliRunner

from app import letter


def test_letter():
    result = CliRunner().invoke(letter, ["Bo", "--greeting", "Hello"])
    assert result.output == "Hello Bo,\n\nyour parcel is here."
