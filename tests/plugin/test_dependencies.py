"""The pillar `dependencies` in a run: what it could not see is said, and it costs nothing where nobody asks."""

from __future__ import annotations

import gzip
import json
import tomllib
from datetime import UTC, datetime, timedelta
from importlib import import_module
from importlib.resources import files
from typing import Any

import pytest

from pytest_prodready import project as plain
from pytest_prodready.checks.dependencies import DeprecatedApi
from pytest_prodready.dependencies.gather import _removed
from pytest_prodready.dependencies.installed import Environment, meets
from pytest_prodready.trace import Site

from .conftest import Project

APP = "import click\nimport requests\n\n\n@click.command()\ndef main():\n    click.echo('hello')\n"
TEST = "from app import main\nfrom click.testing import CliRunner\n\n\ndef test_{}():\n    assert CliRunner().invoke(main).output == 'hello\\n'\n"
FILES = {"app.py": APP, "test_app.py": TEST.format("hello"), "requirements.txt": "click\nrequests>=2\n"}
UNDECLARED = {**FILES, "requirements.txt": "click\n"}


def snapshot(days: int, name: str = "nobody") -> str:
    day = (datetime.now(UTC) - timedelta(days=days)).strftime("%Y-%m-%dT00:00:00Z")
    affected = {
        "package": {"ecosystem": "PyPI", "name": name},
        "ranges": [{"type": "ECOSYSTEM", "events": [{"introduced": "0"}]}],
    }
    return json.dumps([{"id": "PYSEC-1", "modified": day, "summary": "it burns", "affected": [affected]}])


def pillar(report: dict[str, Any]) -> dict[str, Any]:
    found: dict[str, Any] = report["readiness"]["pillars"]["dependencies"]
    return found


def checks(report: dict[str, Any], level: str = "error") -> list[str]:
    return [f["check"] for f in report["findings"] if f["level"] == level]


def test_without_a_snapshot(project: Project) -> None:
    result, report = project.write(FILES).sweep()
    assert result.ret == 0, result.stdout.str()
    assert pillar(report)["status"] == "inconclusive"
    assert (
        pillar(report)["reason"]
        == "vulnerable-dependency: no snapshot of advisories, only well-known ones were looked up"
    )
    assert pillar(report)["probes"] == 2
    result.stdout.fnmatch_lines(["note: dependencies: take advisories in with --prodready-update-advisories=FILE*"])


@pytest.mark.parametrize(
    ("days", "status", "said"),
    [
        (3, "measured", "3 days old, 1 records"),
        (40, "measured", "getting old"),
        (100, "inconclusive", "take advisories in"),
    ],
)
def test_the_age_of_a_snapshot(days: int, status: str, said: str, project: Project) -> None:
    _, report = project.write({**FILES, ".prodready/advisories.json.gz": snapshot(days)}).sweep()
    assert pillar(report)["status"] == status
    assert any(said in note for note in report["notes"])
    assert ("too old" in (pillar(report)["reason"] or "")) is (days > 90)


def test_an_old_snapshot_still_knows_what_it_knew(project: Project) -> None:
    _, report = project.write({**FILES, ".prodready/advisories.json.gz": snapshot(400, "click")}).sweep()
    assert checks(report) == ["vulnerable-dependency"]
    assert pillar(report)["status"] == "inconclusive"


def test_a_broken_snapshot(project: Project) -> None:
    result, report = project.write({**FILES, ".prodready/advisories.json.gz": "{"}).sweep()
    assert result.ret == 0
    assert pillar(report)["status"] == "inconclusive"
    assert "advisories.json.gz cannot be read: JSONDecodeError" in pillar(report)["reason"]
    assert report["internal_errors"] == []


def test_an_index_that_answers_nothing(project: Project, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    project.write(
        {
            **FILES,
            "conftest.py": "import sys\n\nsys.modules['pip_audit._service'] = None  # as where it is not installed\n",
        }
    )
    result, report = project.sweep("--prodready-online")
    assert result.ret == 0
    reason = pillar(report)["reason"]
    assert "pip-audit is not there" in reason
    assert "the index tells nothing of names and status: URLError" in reason


def test_nothing_declares_what_is_needed(project: Project) -> None:
    _, report = project.write({name: text for name, text in FILES.items() if name != "requirements.txt"}).sweep()
    assert "undeclared-dependency: no file declares what the application needs" in pillar(report)["reason"]
    assert checks(report) == []


def test_without_the_one_check_the_pillar_is_measured(project: Project) -> None:
    _, report = project.write(FILES).sweep("--prodready-ignore=vulnerable-dependency")
    assert pillar(report) == {
        "status": "measured",
        "percent": 100.0,
        "probes": 2,
        "failed": 0,
        "untried": 0,
        "reason": None,
    }


def test_a_finding_fails_the_first_test_and_can_be_seen_again(project: Project) -> None:
    project.write({**UNDECLARED, "test_other.py": TEST.format("other")})
    result, report = project.sweep()
    assert result.parseoutcomes() == {"passed": 2, "failed": 1}
    (finding,) = report["findings"]
    assert (finding["check"], finding["file"], finding["line"], finding["function"]) == (
        "undeclared-dependency", "app.py", 2, "<module>",
    )  # fmt: skip
    assert finding["test"] == "test_app.py::test_hello"
    assert report["files"]["app.py"]["missing"] == {"2": ["undeclared-dependency"]}
    again, told = project.sweep(f"--prodready-finding={finding['id']}", "test_app.py::test_hello")
    assert again.ret == 1
    assert [f["id"] for f in told["findings"]] == [finding["id"]]
    again.stdout.fnmatch_lines(["*app.py:2 undeclared-dependency: requests is imported*"])


def test_nothing_fails_with_no_fail(project: Project) -> None:
    result, report = project.write(UNDECLARED).sweep("--prodready-no-fail")
    assert result.parseoutcomes() == {"passed": 1}
    assert checks(report) == ["undeclared-dependency"]


def test_a_distribution_without_a_place(project: Project) -> None:
    result, report = project.write({**FILES, "requirements.txt": "click\nrequests\nno-such-name-as-this-one\n"}).sweep()
    (finding,) = report["findings"]
    assert (finding["file"], finding["line"], finding["function"], finding["handler"]) == (
        None, None, None, "requirements.txt",
    )  # fmt: skip
    result.stdout.fnmatch_lines(["requirements.txt:3 unknown-dependency: *"])


WAIVER = """
[[tool.prodready.waivers]]
check = "unknown-dependency"
path = "requirements.txt"
function = "no-such-name-as-{}"
reason = "it comes with the image"
until = {}
"""


@pytest.mark.parametrize(
    ("name", "until", "found"),
    [
        ("this", "2099-01-01", []),
        ("this", "2020-01-01", ["unknown-dependency", "stale-waiver"]),
        ("that", "2099-01-01", ["unknown-dependency", "stale-waiver"]),
    ],
)
def test_a_waiver_of_a_distribution(name: str, until: str, found: list[str], project: Project) -> None:
    project.write(
        {
            **FILES,
            "requirements.txt": "click\nrequests\nno-such-name-as-this\n",
            "pyproject.toml": WAIVER.format(name, until),
        }
    )
    _, report = project.sweep()
    assert [f["check"] for f in report["findings"] if not f["waived"]] == found
    assert pillar(report)["failed"] == (1 if found else 0)


def test_a_waiver_of_an_import(project: Project) -> None:
    app = APP.replace("import requests", "import requests  # prodready: ignore[undeclared-dependency] the image has it")
    result, report = project.write({**UNDECLARED, "app.py": app}).sweep()
    assert result.ret == 0
    assert [f["waived"]["reason"] for f in report["findings"]] == ["the image has it"]


def test_the_baseline_knows_a_distribution(project: Project) -> None:
    project.write({**FILES, "requirements.txt": "click\nrequests\nno-such-name-as-this\n"})
    project.sweep("--prodready-baseline=known.json", "--prodready-write-baseline")
    project.write({"requirements.txt": "# moved\nclick\nrequests\nno-such-name-as-this\n"})
    result, report = project.sweep("--prodready-baseline=known.json")
    assert result.ret == 0
    assert [(f["check"], f["known"]) for f in report["findings"]] == [("unknown-dependency", True)]


def test_the_same_under_xdist(project: Project) -> None:
    project.write(
        {
            **UNDECLARED,
            "app.py": APP + "\n\ndef old():\n    import locale\n\n    return locale.getdefaultlocale()\n",
            "test_app.py": TEST.format("hello") + "\n\ndef test_old():\n    import app\n\n    app.old()\n",
        }
    )
    _, alone = project.sweep()
    _, shared = project.sweep("-n2")
    assert [f["check"] for f in alone["findings"]] == ["undeclared-dependency", "deprecated-api"]
    assert shared["findings"] == alone["findings"]
    assert pillar(shared) == pillar(alone)


def test_nothing_is_read_where_nobody_asks(project: Project) -> None:
    project.write(
        {
            **UNDECLARED,
            "conftest.py": "import sys\n\n\ndef pytest_unconfigure():\n"
            "    print([n for n in sys.modules if n.startswith('pytest_prodready.dependencies')])\n",
        }
    )
    result, report = project.sweep("--prodready-select=errors", "-s")
    result.stdout.fnmatch_lines(["*[[]]*"])
    assert pillar(report)["status"] == "not-selected"


def test_imports_that_warn_while_tests_are_collected(project: Project) -> None:
    app = "import warnings\n\nimport old\n\n\ndef one():\n    return 1\n"
    old = "import warnings\n\nwarnings.warn('old is deprecated', DeprecationWarning, stacklevel=2)\n"
    test = "import app\n\n\ndef test_one():\n    assert app.one() == 1\n"
    _, report = project.write(
        {"app.py": app, "lib/old.py": old, "test_app.py": test, "pytest.ini": "[pytest]\npythonpath = lib\n"}
    ).sweep()
    found = [(f["check"], f["file"], f["line"], f["test"]) for f in report["findings"]]
    assert found == [("deprecated-api", "app.py", 3, "test_app.py::test_one")]


def importable(name: str) -> bool:
    module, _, attribute = name.rpartition(".")
    try:
        return hasattr(import_module(module), attribute)
    except ImportError:
        return False


def test_names_that_a_framework_removed() -> None:
    """What the table says is gone is not in the versions that are installed here."""
    known = tomllib.loads((files("pytest_prodready.dependencies") / "data" / "removed.toml").read_text())
    installed = Environment.read().distributions
    looked = 0
    for framework, names in known.items():
        for name, one in names.items():
            if name != "source" and framework in installed and meets(installed[framework].version, f">={one['gone']}"):
                looked += 1
                assert not importable(name), name
    assert looked > 50


def test_an_update_would_break_an_import() -> None:
    site = Site("app.py", 3, "page")
    found = plain.Import("jinja2", site, providers=("jinja2",), names=("Markup", "Template"))
    environment = Environment({"jinja2": plain.Distribution("jinja2", "Jinja2", "3.0.3")})
    (one,) = _removed([found], environment)
    assert (one.name, one.by, one.gone, one.already, one.site) == ("jinja2.Markup", "Jinja2", "3.1", False, site)
    (held,) = DeprecatedApi().survey(plain.Project(removed=(one,)))
    assert held.message == "jinja2.Markup was removed in Jinja2 3.1 (3.0.3 is installed): an update breaks this line"
    assert held.fix == "Use markupsafe.Markup."


def test_update_advisories(project: Project) -> None:
    project.write({**FILES, "given.json": snapshot(1, "click")})
    result = project.pytest("--prodready-update-advisories=given.json")
    assert result.ret == 0
    result.stdout.fnmatch_lines([".prodready/advisories.json.gz: 1 advisories of *, from given.json, sha256 *"])
    assert "passed" not in result.stdout.str()
    kept = json.loads(gzip.decompress((project.pytester.path / ".prodready" / "advisories.json.gz").read_bytes()))
    assert kept["records"][0]["package"] == "click"
    _, report = project.sweep()
    assert checks(report) == ["vulnerable-dependency"]
    assert pillar(report)["status"] == "measured"


def test_update_advisories_from_nothing(project: Project) -> None:
    result = project.write(FILES).pytest("--prodready-update-advisories=gone.json")
    assert result.ret == 4
    result.stderr.fnmatch_lines(["ERROR: --prodready-update-advisories=gone.json: *cannot be read*"])
    assert not (project.pytester.path / ".prodready").exists()
