"""Every form in which Python projects write down what they need."""

from __future__ import annotations

from pathlib import Path

import pytest

from pytest_prodready.dependencies.declared import declarations, is_dev
from pytest_prodready.project import DEV, LOCKED, OPTIONAL, RUNTIME, Requirement


def declared(folder: Path, files: dict[str, str]) -> dict[str, Requirement]:
    for name, text in files.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text)
    return {one.name: one for one in declarations(folder, sorted(folder.glob("*.py"))).requirements}


def groups(folder: Path, files: dict[str, str]) -> dict[str, str]:
    return {name: one.group for name, one in declared(folder, files).items()}


PEP_621 = """
[project]
name = "x"
dependencies = ["Flask>=3", "acme @ https://files.example/acme.whl", "rq[cron]; python_version > '3'"]

[project.optional-dependencies]
postgres = ["psycopg"]
dev = ["nox"]

[dependency-groups]
server = ["gunicorn"]
test = ["pytest", { include-group = "server" }]

[tool.uv]
dev-dependencies = ["ruff"]

[tool.uv.sources]
psycopg = { git = "https://git.example/psycopg.git" }

[tool.hatch.envs.default]
dependencies = ["coverage"]
"""
POETRY = """
[tool.poetry.dependencies]
python = "^3.11"
requests = "2.31.0"
flask = "^3.0"
redis = { version = "==5.0.1", optional = true, extras = ["hiredis"] }
acme = { path = "../acme" }

[tool.poetry.extras]
cache = ["redis"]

[tool.poetry.group.lint.dependencies]
ruff = "*"

[[tool.poetry.source]]
name = "acme"
url = "https://packages.acme.example"
"""
SETUP_CFG = """
[options]
install_requires =
    requests >= 2   # the client
    click
tests_require = mock

[options.extras_require]
test = pytest
redis = redis
"""
SETUP_PY = """
from setuptools import setup
NEEDED = ["requests", "click"]
setup(install_requires=NEEDED, extras_require={"docs": ["sphinx"], "pdf": ["reportlab"]})
"""
PIPFILE = """
[[source]]
url = "https://pypi.example/simple"

[packages]
flask = "*"
requests = { version = "==2.31.0", extras = ["socks"] }

[dev-packages]
pytest = "*"
"""
SCRIPT = """
# /// script
# requires-python = ">=3.11"
# dependencies = [
#     "click",
# ]
# ///
import click
"""
LOCK = """
[[package]]
name = "flask"
version = "3.0.0"
source = { registry = "https://pypi.example/simple" }

[[package]]
name = "mine"
version = "1"
source = { editable = "." }
"""


def test_pyproject(tmp_path: Path) -> None:
    found = declared(tmp_path, {"pyproject.toml": PEP_621})
    assert {name: one.group for name, one in found.items()} == {
        "flask": RUNTIME, "acme": RUNTIME, "rq": RUNTIME, "psycopg": OPTIONAL, "nox": DEV, "gunicorn": OPTIONAL, "pytest": DEV,
        "ruff": DEV, "coverage": DEV,
    }  # fmt: skip
    assert (found["flask"].written, found["flask"].specifier, found["flask"].place) == (
        "Flask",
        ">=3",
        "pyproject.toml:4",
    )
    assert found["rq"].extras == ("cron",)
    assert found["rq"].marker
    assert [name for name, one in found.items() if one.direct] == ["acme", "psycopg"]


def test_poetry(tmp_path: Path) -> None:
    found = declared(tmp_path, {"pyproject.toml": POETRY})
    assert {name: one.group for name, one in found.items()} == {
        "requests": RUNTIME, "flask": RUNTIME, "redis": OPTIONAL, "acme": RUNTIME, "ruff": DEV,
    }  # fmt: skip
    assert {name: one.pin for name, one in found.items() if one.pin} == {"requests": "2.31.0", "redis": "5.0.1"}
    assert found["redis"].extras == ("hiredis",)
    assert found["acme"].direct
    assert declarations(tmp_path).private


@pytest.mark.parametrize(
    ("files", "expected"),
    [
        (
            {"setup.cfg": SETUP_CFG},
            {"requests": RUNTIME, "click": RUNTIME, "mock": DEV, "pytest": DEV, "redis": OPTIONAL},
        ),
        ({"setup.py": SETUP_PY}, {"requests": RUNTIME, "click": RUNTIME, "sphinx": DEV, "reportlab": OPTIONAL}),
        ({"Pipfile": PIPFILE}, {"flask": RUNTIME, "requests": RUNTIME, "pytest": DEV}),
        ({"tool.py": SCRIPT}, {"click": RUNTIME}),
        ({"uv.lock": LOCK}, {"flask": RUNTIME, "mine": RUNTIME}),
        ({"requirements.txt": "flask\n", "uv.lock": LOCK}, {"flask": LOCKED, "mine": LOCKED}),
        ({"requirements-dev.txt": "-r requirements.txt\nnox\n", "requirements.txt": "flask"}, {"flask": RUNTIME, "nox": DEV}),
        ({"requirements-dev.txt": "nox\n"}, {"nox": RUNTIME}),  # the only one that there is
        ({"requirements/prod.txt": "flask\n", "requirements/test.in": "pytest\n"}, {"flask": RUNTIME, "pytest": DEV}),
        ({"requirements.txt": "-c constraints.txt\nflask\n", "constraints.txt": "django<5\n"}, {"flask": RUNTIME}),
        ({"requirements.txt": "flask==3.0.0 \\\n  --hash=sha256:00\n# no\nrq # yes\n"}, {"flask": RUNTIME, "rq": RUNTIME}),
        ({"requirements.txt": "./local\n-e .\n--no-binary :all:\nhttps://x.example/acme-1.0.tar.gz\n"}, {}),
        ({"pyproject.toml": "[tool.pytest.ini_options]\n"}, {}),
    ],
    ids=lambda value: "+".join(value) if isinstance(value, dict) else "",
)  # fmt: skip
def test_forms(files: dict[str, str], expected: dict[str, str], tmp_path: Path) -> None:
    assert groups(tmp_path, files) == expected


def test_what_setuptools_reads_from_elsewhere(tmp_path: Path) -> None:
    text = '[project]\ndynamic = ["dependencies"]\n[tool.setuptools.dynamic]\ndependencies = { file = ["deps.txt"] }\n'
    assert groups(tmp_path, {"pyproject.toml": text, "deps.txt": "flask\n"}) == {"flask": RUNTIME}
    assert declarations(tmp_path).files == ("deps.txt",)


@pytest.mark.parametrize(
    ("files", "said"),
    [
        ({"pyproject.toml": "[project\n"}, "pyproject.toml cannot be read"),
        ({"pyproject.toml": '[project]\ndynamic = ["dependencies"]\n'}, "leaves its dependencies to its build"),
        ({"setup.py": "setup(install_requires=read('x'))\n"}, "works its dependencies out when it is run"),
        ({"requirements.txt": "-r gone.txt\n"}, "gone.txt cannot be read"),
    ],
)
def test_what_cannot_be_read_is_said(files: dict[str, str], said: str, tmp_path: Path) -> None:
    for name, text in files.items():
        (tmp_path / name).write_text(text)
    assert any(said in text for text in declarations(tmp_path).unread)


@pytest.mark.parametrize(
    ("line", "private"),
    [
        ("--extra-index-url https://packages.acme.example/simple", True),
        ("--index-url=https://pypi.acme.example/simple", True),
        ("-i https://pypi.example/simple", False),
        ("flask", False),
    ],
)
def test_an_index_of_their_own(line: str, private: bool, tmp_path: Path) -> None:
    (tmp_path / "requirements.txt").write_text(line + "\n")
    assert declarations(tmp_path).private is private


def test_names_of_groups() -> None:
    assert [name for name in ("dev", "unit-tests", "ci_lint", "postgres", "device", "latest") if is_dev(name)] == [
        "dev",
        "unit-tests",
        "ci_lint",
    ]
