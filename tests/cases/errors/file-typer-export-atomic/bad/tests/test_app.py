import json

from typer.testing import CliRunner

from timesheet.cli import app


def test_export(tmp_path):
    source = tmp_path / "entries.json"
    source.write_text(json.dumps([{"person": "ada", "minutes": 30}, {"person": "ada", "minutes": 45}]))
    result = CliRunner().invoke(app, ["export", str(source), str(tmp_path / "out.csv")])
    assert result.exit_code == 0, result.output
    assert (tmp_path / "out.csv").read_text() == "person,minutes\nada,75\n"
