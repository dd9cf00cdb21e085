import json

import pytest
from click.testing import CliRunner

from app import cli


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.setenv("RESULTS_DIR", str(tmp_path))
    (tmp_path / "001.json").write_text(json.dumps({"votes": {"Greenfield": 120, "Harbour": 80}}))
    (tmp_path / "002.json").write_text(json.dumps({"votes": {"Greenfield": 10, "Harbour": 190}}))
    return lambda *args: CliRunner().invoke(cli, args)


def test_one(run):
    result = run("show", "001")
    assert result.exit_code == 0
    assert result.output.splitlines()[0].split() == ["Greenfield", "120", "60", "%"]


def test_two(run):
    assert run("show", "001", "002", "--lists", "1").output.split() == ["Harbour", "270", "67", "%", "total", "400"]


def test_bad_precinct(run):
    assert run("show", "1").exit_code == 2
