"""Options and ini settings, read once into one frozen Settings."""

from __future__ import annotations

import difflib
import fnmatch
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

DEPTHS = ("quick", "standard", "thorough")
PILLARS = ("errors", "security", "performance", "dependencies", "integrity")
#: Seconds; timers take no more.
LONGEST = 1e9
#: Options that have no ini twin: they ask for one run.
COMMAND_LINE = ("trial", "finding", "write_baseline", "update_advisories")
#: A name of Python, or a glob for one.
_NAME = re.compile(r"[\w*?\[\]!-]+")


@dataclass(frozen=True)
class Settings:
    """What the user asked for.

    Attributes:
        root: the project's root directory.
        sources: paths or packages named as source; empty to find it.
        select, ignore: globs over pillars, checks, faults and attacks.
        budget: seconds for the sweep, None without a limit.
        deadline: real seconds for one trial, None for the default.
        fail_under: pillar (or `total`) to percent.
        baseline: the file of known findings; `write_baseline` to write it.
        online: whether an index may be asked about dependencies.
        advisories: where the snapshot of advisories is kept, relative to the root.
        entries: (module, function) of what is declared an entry; globs.
        payment_hosts: hosts of payment providers beside the known ones; globs.
        reports: (kind, destination) in the order given.
    """

    root: Path
    sweep: bool = False
    sources: tuple[str, ...] = ()
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    depth: str = "standard"
    seed: int = 0
    allow_hosts: tuple[str, ...] = ()
    reports: tuple[tuple[str, str | None], ...] = (("term", None),)
    fail_under: tuple[tuple[str, float], ...] = ()
    no_fail: bool = False
    trial: str | None = None
    finding: str | None = None
    budget: float | None = None
    deadline: float | None = None
    baseline: Path | None = None
    write_baseline: bool = False
    online: bool = False
    advisories: str = ".prodready/advisories.json.gz"
    levels: tuple[tuple[str, str], ...] = ()
    entries: tuple[tuple[str, str], ...] = ()
    payment_hosts: tuple[str, ...] = ()

    @property
    def again(self) -> str | None:
        """The one trial or finding that is to be run again, and nothing else."""
        return self.trial or self.finding


def matches(names: Iterable[str], patterns: Iterable[str]) -> bool:
    patterns = tuple(patterns)
    return any(fnmatch.fnmatchcase(name, pattern) for name in names for pattern in patterns)


def repeated(config: pytest.Config) -> tuple[str, ...]:
    """The options of the command line that one trial needs again to be the same."""
    given = ((name, config.getoption(f"prodready_{name}", None)) for name in ("source", "allow_host", "deadline"))
    return tuple(
        f"--prodready-{name.replace('_', '-')}={value}"
        for name, values in given
        for value in (values if isinstance(values, list) else [values])
        if value is not None
    )


def read(config: pytest.Config, names: Sequence[str], report_kinds: Sequence[str]) -> Settings:
    """Settings of this run.

    Args:
        names: every pillar, check and fault that can be selected.
        report_kinds: the kinds of report that exist.

    Raises:
        pytest.UsageError: for a value that makes no sense; pytest ends with exit code 4.
    """

    def value(name: str) -> Any:
        found = config.getoption(f"prodready_{name}", None)
        if found is not None or name in COMMAND_LINE:
            return found
        try:
            return config.getini(f"prodready_{name}") or None
        except (TypeError, ValueError, pytest.UsageError) as exc:
            ours = f"prodready_{name}"
            raise pytest.UsageError(str(exc) if ours in str(exc) else f"{ours}: {exc}") from None

    select, ignore = tuple(value("select") or ()), tuple(value("ignore") or ())
    for option, patterns in (("select", select), ("ignore", ignore)):
        for pattern in patterns:
            if not any(fnmatch.fnmatchcase(name, pattern) for name in names):
                raise pytest.UsageError(
                    f"--prodready-{option}={pattern}: no such pillar, check or fault{nearest(pattern, names)}"
                )
    depth = value("depth") or "standard"
    if depth not in DEPTHS:
        raise pytest.UsageError(f"--prodready-depth={depth}: must be one of {', '.join(DEPTHS)}")
    trial, finding = value("trial"), value("finding")
    return Settings(
        root=config.rootpath,
        sweep=bool(config.getoption("prodready", None) or config.getini("prodready") or trial or finding),
        sources=tuple(value("source") or ()),
        select=select,
        ignore=ignore,
        depth=depth,
        seed=_int("seed", value("seed") or "0"),
        allow_hosts=tuple(value("allow_host") or ()),
        reports=_reports(value("report") or ["term"], report_kinds),
        fail_under=tuple(_fail_under(text) for text in value("fail_under") or ()),
        no_fail=bool(value("no_fail")),
        trial=trial,
        finding=finding,
        budget=_seconds("budget", value("budget")),
        deadline=_seconds("deadline", value("deadline"), zero=False),
        baseline=_baseline(config, value("baseline"), bool(value("write_baseline"))),
        write_baseline=bool(value("write_baseline")),
        online=bool(value("online")),
        advisories=str(config.getini("prodready_advisories") or Settings.advisories),
        levels=tuple(_level(text, names) for text in config.getini("prodready_levels") or ()),
        entries=tuple(_entry(text) for text in config.getini("prodready_entries") or ()),
        payment_hosts=tuple(_host(text) for text in config.getini("prodready_payment_hosts") or ()),
    )


def nearest(name: str, names: Iterable[str]) -> str:
    close = difflib.get_close_matches(name, list(names), n=1, cutoff=0.5)
    return f" (did you mean {close[0]}?)" if close else ""


def _int(option: str, text: str) -> int:
    try:
        return int(text)
    except ValueError:
        raise pytest.UsageError(f"--prodready-{option}={text}: must be a whole number") from None


def _seconds(option: str, text: str | None, zero: bool = True) -> float | None:
    if text is None:
        return None
    try:
        seconds = float(text)
    except ValueError:
        seconds = -1.0
    if not (0 if zero else 1e-9) <= seconds <= LONGEST:
        raise pytest.UsageError(f"--prodready-{option}={text}: must be a number of seconds")
    return seconds


def _reports(values: Sequence[str], kinds: Sequence[str]) -> tuple[tuple[str, str | None], ...]:
    found = []
    for text in values:
        kind, _, destination = text.partition(":")
        if kind not in kinds:
            raise pytest.UsageError(
                f"--prodready-report={text}: kind must be one of {', '.join(kinds)}{nearest(kind, kinds)}"
            )
        found.append((kind, destination or None))
    return tuple(found)


def _fail_under(text: str) -> tuple[str, float]:
    pillar, equals, percent = text.rpartition("=")
    if equals and pillar not in PILLARS:
        raise pytest.UsageError(
            f"--prodready-fail-under={text}: no such pillar{nearest(pillar, PILLARS)}; there are {', '.join(PILLARS)}"
        )
    try:
        number = float(percent)
    except ValueError:
        number = -1.0
    if not 0 <= number <= 100:
        raise pytest.UsageError(f"--prodready-fail-under={text}: must be a percentage from 0 to 100")
    return (pillar or "total"), number


def _baseline(config: pytest.Config, name: str | None, write: bool) -> Path | None:
    """On the command line relative to where pytest was called, in the configuration to the root directory."""
    if name is None:
        if write:
            raise pytest.UsageError("--prodready-write-baseline needs --prodready-baseline=FILE")
        return None
    given = config.getoption("prodready_baseline", None) is not None
    return (config.invocation_params.dir if given else config.rootpath) / name


def _level(text: str, names: Sequence[str]) -> tuple[str, str]:
    check, _, level = text.partition("=")
    checks = [name for name in names if name not in PILLARS and "." not in name]
    if check not in checks or level not in ("error", "warning"):
        hint = "" if check in checks else nearest(check, checks)
        raise pytest.UsageError(f"prodready_levels: {text!r} must be CHECK=error or CHECK=warning{hint}")
    return check, level


def _entry(text: str) -> tuple[str, str]:
    module, colon, function = text.partition(":")
    parts = [*module.split("."), *function.split(".")]
    if not colon or not all(part and _NAME.fullmatch(part) for part in parts):
        raise pytest.UsageError(f"prodready_entries: {text!r} must be MODULE:FUNCTION, such as app.jobs:run_*")
    return module, function


def _host(text: str) -> str:
    if not text or re.search(r"[/@\s]", text):
        raise pytest.UsageError(f"prodready_payment_hosts: {text!r} must be a host, such as pay.example")
    return text.lower()
