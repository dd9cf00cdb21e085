import json

from click.testing import CliRunner
from report import summary


def test_summary(tmp_path):
    path = tmp_path / "march.json"
    path.write_text(json.dumps({"coffee": 3, "train": 20}))
    assert CliRunner().invoke(summary, [str(path)]).output == "2 expenses, 23 in all\n"
