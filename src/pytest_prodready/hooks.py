"""Hook specifications: how another plugin or a conftest adds a seam, a fault, an attack, a check or a report.

The built-in ones are registered through the same hooks (see `builtins`). Each hook returns a list.
"""

from __future__ import annotations

from typing import Any

import pytest


@pytest.hookspec
def pytest_prodready_seams() -> list[Any]:  # type: ignore[empty-body]
    """Libraries to listen to: a list of `pytest_prodready.seams.Seam`."""


@pytest.hookspec
def pytest_prodready_faults() -> list[Any]:  # type: ignore[empty-body]
    """Faults and the drivers that give them form: `pytest_prodready.faults.Fault` and objects like its `Driver`."""


@pytest.hookspec
def pytest_prodready_attacks() -> list[Any]:  # type: ignore[empty-body]
    """Kinds of malicious input. Reserved: this version attacks nothing."""


@pytest.hookspec
def pytest_prodready_checks() -> list[Any]:  # type: ignore[empty-body]
    """Rules: a list of `pytest_prodready.checks.Check`."""


@pytest.hookspec
def pytest_prodready_reports() -> list[Any]:  # type: ignore[empty-body]
    """Kinds of report: a list of `pytest_prodready.report.Reporter`."""
