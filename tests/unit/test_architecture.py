"""ARCHITECTURE.md is true: its table of imports holds, and names what is there."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
PACKAGE = ROOT / "src" / "pytest_prodready"
TEXT = (ROOT / "ARCHITECTURE.md").read_text()


def rules() -> dict[str, set[str]]:
    table = TEXT.split("## Who may import whom")[1].split("\n\n")[2]
    rows = [re.findall(r"`(\w+)`", row) for row in table.splitlines()[2:]]
    return {row[0]: set(row[1:]) for row in rows}


def imported(path: Path) -> set[str]:
    """Top-level modules of ours that a file imports."""
    package = list(path.relative_to(PACKAGE).parts[:-1])
    found = set()
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.ImportFrom) and node.level:
            base = package[: len(package) - (node.level - 1)]
            names = [*base, *(node.module.split(".") if node.module else [])]
            found |= {names[0]} if names else {alias.name for alias in node.names}
        elif isinstance(node, (ast.Import, ast.ImportFrom)):
            modules = [alias.name for alias in node.names] if isinstance(node, ast.Import) else [node.module or ""]
            found |= {name.split(".")[1] for name in modules if name.startswith("pytest_prodready.")}
    return found - {"__version__"}


FILES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def top(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def test_the_table_names_every_module() -> None:
    assert set(rules()) == {top(path) for path in FILES}


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports(path: Path) -> None:
    assert imported(path) - {top(path)} <= rules()[top(path)]


def test_the_rules_have_no_more_than_is_used() -> None:
    used: dict[str, set[str]] = {}
    for path in FILES:
        used.setdefault(top(path), set()).update(imported(path) - {top(path)})
    assert used == rules()
