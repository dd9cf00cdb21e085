"""What we, pytest-queryguard, django-zeal and pytest-querycount say of the labelled applications: `python benchmarks/compare_performance.py`.

Each folder of `tests/cases/performance` is copied and its suite run once with each tool alone, all that it offers switched on. A folder
whose application does not use a library that a tool listens to (SQLAlchemy, or Django's ORM) is not run with that tool: it cannot say
anything of it. Prints a table in Markdown. Needs `pip install pytest-queryguard django-zeal pytest-querycount` beside the project's
own development packages.

Arguments:
    --jobs N: how many suites run at the same time (2).
    --write: put the table into docs/explanation/performance.md, between its two marks.
"""

import argparse
import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from importlib.metadata import version
from pathlib import Path

ROOT = Path(__file__).parents[1]
CASES = ROOT / "tests" / "cases" / "performance"
PAGE = ROOT / "docs" / "explanation" / "performance.md"
BEGIN, END = "<!-- table: begin -->", "<!-- table: end -->"
QUIET = ["-p", "no:cacheprovider", "-p", "no:randomly", "-W", "ignore"]

#: What each kind of a peer's finding is called here.
QUERYGUARD = {"missing-index": "missing-index", "write-loop": "write-in-loop", "column-load": "n-plus-one-query"}
MARKER = """
import pytest

def pytest_collection_modifyitems(items):
    for item in items:
        item.add_marker(pytest.mark.no_n_plus_one(kinds=None))
"""
ZEAL = """
import pytest

@pytest.fixture(scope="session")
def patched():
    from zeal.constants import initialize_app_registry
    from zeal.patch import patch
    initialize_app_registry()
    patch()

@pytest.fixture(autouse=True)
def looked_at(patched):
    from zeal import zeal_context
    with zeal_context():
        yield
"""


def suite(folder, *arguments, plugin=""):
    """Run a folder's suite in a copy of it, and give (what was printed, the copy)."""
    work = Path(tempfile.mkdtemp()) / "project"
    shutil.copytree(folder, work, ignore=shutil.ignore_patterns("expect.json", "__pycache__"))
    if plugin:
        (work / "tool_of_the_comparison.py").write_text(plugin)
        arguments = ("-p", "tool_of_the_comparison", *arguments)
    environment = {**os.environ, "PYTHONPATH": f"{work}{os.pathsep}{ROOT / 'src'}", "PYTHONDONTWRITEBYTECODE": "1"}
    said = subprocess.run([sys.executable, "-m", "pytest", "-q", *QUIET, *arguments], cwd=work, env=environment, capture_output=True, text=True)  # fmt: skip
    return said.stdout, work


def ours(folder):
    said, work = suite(folder, "--prodready", "--prodready-select=performance", "--prodready-report=json:found.json", "-o", "queryguard_mode=off")  # fmt: skip
    if not (work / "found.json").exists():
        raise SystemExit(f"{folder}: no report\n{said}")
    return {finding["check"]: finding["level"] for finding in json.loads((work / "found.json").read_text())["findings"]}


def queryguard(folder):
    said, work = suite(folder, "--queryguard-index-check", "--queryguard-sarif=found.sarif", "-o", "queryguard_write_loop_threshold=3")  # fmt: skip
    if not (work / "found.sarif").exists():
        raise SystemExit(f"{folder}: no report\n{said}")
    kinds = {result["ruleId"].rpartition("/")[2] for run in json.loads((work / "found.sarif").read_text())["runs"] for result in run["results"]}  # fmt: skip
    return {QUERYGUARD.get(kind, "n-plus-one-query") for kind in kinds}


def querycount(folder):
    said, _ = suite(folder, "-o", "queryguard_mode=off", plugin=MARKER)
    shapes = re.findall(r"^\s+\d+x  (\w+)", said, re.M) if "DuplicateQueryError" in said else []
    return {"n-plus-one-query" if verb.upper() in ("SELECT", "WITH") else "write-in-loop" for verb in shapes}


def zeal(folder):
    said, _ = suite(folder, "-o", "queryguard_mode=off", plugin=ZEAL)
    return {"n-plus-one-query"} if "N+1 detected" in said else set()


#: name: (how it is asked, what it listens to, the checks of ours that it has a rule for)
TOOLS = {
    "pytest-prodready": (ours, "", None),
    "pytest-queryguard": (queryguard, "sqlalchemy", {"n-plus-one-query", "write-in-loop", "missing-index"}),
    "pytest-querycount": (querycount, "sqlalchemy", {"n-plus-one-query", "write-in-loop"}),
    "django-zeal": (zeal, "django", {"n-plus-one-query"}),
}


def uses(folder, library):
    return any(re.search(rf"\b{library}\b", path.read_text()) for path in folder.rglob("*.py"))


def looked_at(folder):
    """What each tool says of a folder."""
    return {name: ask(folder) if uses(folder, library) else set() for name, (ask, library, _) in TOOLS.items()}


def table(folders, said):
    expected = {folder: json.loads((folder / "expect.json").read_text()) for folder in folders}
    must = {folder: {wanted["check"] for wanted in expect["must"]} for folder, expect in expected.items()}
    checks = sorted({check for wanted in must.values() for check in wanted})
    lines = ["| check | bad | clean | " + " | ".join(TOOLS) + " |", "|---|--:|--:|" + "---|" * len(TOOLS)]
    notes = []
    for check in checks:
        bad = [folder for folder in folders if check in must[folder]]
        clean = [folder for folder in folders if check in expected[folder].get("never", ())]
        cells = []
        for name, (_, library, rules) in TOOLS.items():
            heard = [folder for folder in bad if uses(folder, library)]
            found = [folder for folder in bad if check in said[folder][name]]
            false = [folder for folder in clean if check in said[folder][name]]
            cells.append("no rule" if rules is not None and check not in rules else f"{len(found)} of {len(heard)}, {len(false)} wrong")  # fmt: skip
            notes += [
                f"- {name} flags `{folder.parent.name}` as {check}{_warned(said[folder][name], check)}"
                for folder in false
            ]
        lines.append(f"| `{check}` | {len(bad)} | {len(clean)} | " + " | ".join(cells) + " |")
    versions = ", ".join(f"{name} {version(name)}" for name in TOOLS if name != "pytest-prodready")
    libraries = Counter(library for folder in folders for library in ("sqlalchemy", "django") if uses(folder, library))
    head = f"{len(folders)} folders, of which {libraries['sqlalchemy']} use SQLAlchemy and {libraries['django']} Django; {versions}."
    return "\n".join([head, "", *lines, "", "Wrongly flagged:" if notes else "", "", *notes]).rstrip() + "\n"


def _warned(found, check):
    return ", which fails no test" if isinstance(found, dict) and found[check] == "warning" else ""


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true")
    options = parser.parse_args()
    folders = sorted(path.parent for path in CASES.glob("*/*/expect.json"))
    with ThreadPoolExecutor(options.jobs) as pool:
        said = dict(zip(folders, pool.map(looked_at, folders), strict=True))
    text = table(folders, said)
    print(text)
    if options.write:
        before, _, rest = PAGE.read_text().partition(BEGIN)
        PAGE.write_text(f"{before}{BEGIN}\n{text}{END}{rest.partition(END)[2]}")


if __name__ == "__main__":
    main()
