import json

import pytest
from app import convert
from click.testing import CliRunner


@pytest.fixture(autouse=True)
def rates(tmp_path, monkeypatch):
    path = tmp_path / "today.json"
    path.write_text(json.dumps({"USD": 10_850, "CHF": 9_420}))
    monkeypatch.setenv("RATES_FILE", str(path))


def test_convert():
    assert CliRunner().invoke(convert, ["1000", "USD"]).output == "1085\n"
