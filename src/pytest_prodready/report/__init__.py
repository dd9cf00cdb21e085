"""What is told to people and to other tools: one module per kind of report, all from one `Report`."""

from __future__ import annotations

from importlib import import_module
from typing import Protocol

from .model import Report

__all__ = ["Report", "Reporter", "built_in"]

MODULES = ("pytest_prodready.report.terminal", "pytest_prodready.report.jsonreport")


class Reporter(Protocol):
    """One kind of report.

    Attributes:
        kind: its name in `--prodready-report=KIND[:DEST]`.
        default: where it goes when no destination is given; None for the terminal.
    """

    kind: str
    default: str | None

    def render(self, report: Report, width: int = 80) -> str:
        """The whole text. `width` is the terminal's, in columns."""
        ...


def built_in() -> list[Reporter]:
    return [import_module(name).REPORTER for name in MODULES]
