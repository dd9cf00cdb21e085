"""Whether a run was all that the project runs: only then is what it did not find not there."""

from __future__ import annotations

import fnmatch
import os
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import pytest

from .settings import DEPTHS, PILLARS, matches


class Whole:
    """Hears of whatever makes a run less than the whole.

    Attributes:
        lacks: why it is less, as far as this process knows; empty for a whole run.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.lacks: list[str] = []

    def _lacks(self, why: str) -> None:
        if why not in self.lacks:
            self.lacks.append(why)

    def pytest_deselected(self, items: Sequence[pytest.Item]) -> None:
        if items:
            self._lacks("tests were deselected")

    def pytest_collectreport(self, report: pytest.CollectReport) -> None:
        if not report.passed:
            self._lacks(f"a file was {report.outcome} at collection")

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        if report.outcome in ("failed", "skipped") and not hasattr(report, "wasxfail"):
            self._lacks(f"a test {'was skipped' if report.skipped else 'failed'}")

    def ask(self, checks: Iterable[str]) -> list[str]:
        """All that this run lacks, with what the command line says.

        Args:
            checks: the names of all checks: a check that is not selected takes nothing from the others.
        """
        option = self.config.option
        for name in ("lf", "ignore", "ignore_glob"):
            if getattr(option, name, None):
                self._lacks(f"--{name.replace('_', '-')} leaves tests out")
        given = [*(getattr(option, "prodready_select", None) or ()), *(getattr(option, "prodready_ignore", None) or ())]
        if any(not matches([*checks, *PILLARS], [pattern]) for pattern in given):
            self._lacks("faults were left out")
        usual = self.config.getini("prodready_depth") or "standard"
        depth = getattr(option, "prodready_depth", None) or usual
        if usual in DEPTHS and DEPTHS.index(depth) < DEPTHS.index(usual):
            self._lacks("it was not as deep as usual")
        if not self._runs_all_files():
            self._lacks("files of tests were left out")
        return self.lacks

    def _runs_all_files(self) -> bool:
        config = self.config
        if config.args_source is config.ArgsSource.TESTPATHS:
            return True
        if any("::" in argument for argument in config.args):
            return False
        given = [os.path.realpath(config.invocation_params.dir / argument) for argument in config.args]
        tests = self._files(config.getini("testpaths") or ["."], config.getini("python_files"))
        return all(any(test == one or test.startswith(one + os.sep) for one in given) for test in tests)

    def beside(self, sources: Iterable[str]) -> frozenset[str]:
        """Files that would be source if the command line did not name other ones, relative to the root directory."""
        if not getattr(self.config.option, "prodready_source", None):
            return frozenset()
        root = os.path.realpath(self.config.rootpath)
        tests = set(self._files(["."], ["conftest.py", *self.config.getini("python_files")]))
        others = set(self._files(["."], ["*.py"])) - tests
        return frozenset(os.path.relpath(path, root).replace(os.sep, "/") for path in others) - set(sources)

    def _files(self, bases: Iterable[str], patterns: Sequence[str]) -> Iterator[str]:
        """Files of these names below folders of the root directory, without those that pytest does not look into."""
        left_out = self.config.getini("norecursedirs")
        for base in bases:
            for folder, folders, names in os.walk(self.config.rootpath / base):
                inside = [Path(folder) / name for name in folders]
                folders[:] = [
                    one.name
                    for one in inside
                    if not any(fnmatch.fnmatch(one.name, pattern) for pattern in left_out)
                    and not (one / "pyvenv.cfg").exists()
                ]
                for name in names:
                    if any(fnmatch.fnmatch(name, pattern) for pattern in patterns):
                        yield os.path.realpath(os.path.join(folder, name))
