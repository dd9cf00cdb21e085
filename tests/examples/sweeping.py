"""Sweep a folder in a process of its own, quickly: a fork server holds the libraries, not our plugin's state."""

from __future__ import annotations

import json
import multiprocessing
import os
import shutil
import sys
import zlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

PRELOAD = [
    "pytest",
    "_pytest.pytester",
    "pytest_asyncio.plugin",
    "pytest_cov.plugin",
    "pytest_mock",
    "xdist.plugin",
    "hypothesis",
    "hypothesis.strategies",
    "django.test",
    "flask",
    "flask.testing",
    "fastapi.testclient",
    "sqlalchemy.orm",
    "sqlalchemy.ext.asyncio",
    "aiosqlite",
    "requests",
    "requests_mock",
    "responses",
    "respx",
    "httpx",
    "httpx2",
    "tenacity",
    "stamina",
    "pytest_prodready.session",
    "pytest_prodready.registries",
]


def marks(name: str) -> list[Any]:
    """Every fifth of a long table runs each time, all of it by `make test-long`: which, its name decides."""
    return [] if zlib.crc32(name.encode()) % 5 == 0 else [pytest.mark.long]


@dataclass
class Sweep:
    """What a sweep ended with: exit code, output, and the JSON report (empty where there is none)."""

    code: int | None
    output: str
    report: dict[str, Any] = field(default_factory=dict)

    @property
    def findings(self) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self.report["findings"]
        return found

    def errors(self, *pillars: str) -> list[dict[str, Any]]:
        """What fails tests; of some pillars, where any are named."""
        return [f for f in self.findings if f["level"] == "error" and (not pillars or f["pillar"] in pillars)]


def _child(folder: str, output: str, path: str, arguments: Sequence[str]) -> None:
    with open(output, "w") as file:
        os.dup2(file.fileno(), 1)
        os.dup2(file.fileno(), 2)
    os.chdir(folder)
    for name in list(os.environ):
        if name.startswith(("PYTEST_", "COV_CORE", "PRODREADY")):
            del os.environ[name]
    sys.path[:0] = [folder, path]
    sys.argv = ["pytest"]
    import pytest

    code = pytest.main(["-q", "-p", "no:cacheprovider", "-p", "no:randomly", *arguments])
    sys.stdout.flush()
    os._exit(int(code))


def _context() -> Any:
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(PRELOAD)
    return context


def run(source: Path, work: Path, *arguments: str, path: Path | None = None, timeout: float = 120) -> Sweep:
    """Copy `source` to `work` and run pytest there with `--prodready` and `arguments`.

    Args:
        path: one more folder to import from.
        timeout: seconds until the process is killed.
    """
    folder = work / "project"
    shutil.copytree(source, folder, ignore=shutil.ignore_patterns("expect.json", "__pycache__", ".pytest_cache"))
    output, report = work / "output.txt", work / "report.json"
    process = _context().Process(
        target=_child,
        args=(
            str(folder),
            str(output),
            str(path or folder),
            ["--prodready", f"--prodready-report=json:{report}", *arguments],
        ),
    )
    process.start()
    process.join(timeout)
    if process.is_alive():
        process.kill()
        process.join()
        return Sweep(None, output.read_text())
    data = json.loads(report.read_text()) if report.exists() else {}
    return Sweep(process.exitcode, output.read_text(), data)
