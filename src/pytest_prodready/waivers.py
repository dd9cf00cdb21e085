"""Waivers: which findings the project lives with, why, until when, and which of these decisions nothing needs any more.

Reading them raises for one that is not written as it must be; all else is pure functions over objections and results.
"""

from __future__ import annotations

import io
import re
import tokenize
import tomllib
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest

from .report.model import CheckInfo, Finding, FindingSite, Waived
from .settings import matches, nearest
from .trace import Point, Site
from .verdicts import ERROR, PROJECT, WARNING, Objection, TrialResult

STALE = CheckInfo("stale-waiver", None, None)
KEYS = ("check", "path", "function", "reason", "approved_by", "until")
#: `# prodready: ignore[check, check] reason`, up to the next comment in the same line; not where it is only quoted.
_MARK = re.compile(r"(?<!\S)#\s*prodready:\s*ignore\b\s*(?:\[(?P<checks>[^\]]*)\])?(?P<reason>(?:(?!\s#\s).)*)")
_TABLE = re.compile(r"^\s*\[\[\s*tool\s*\.\s*prodready\s*\.\s*waivers\s*\]\]", re.M)
#: Whether a run would have shown what a check (or a glob for several) finds in all files of which the second is true.
Sure = Callable[[str, Callable[[str], bool]], bool]
_NO_CODE = (tokenize.COMMENT, tokenize.NL, tokenize.INDENT, tokenize.DEDENT, tokenize.ENCODING, tokenize.ENDMARKER)


@dataclass(frozen=True)
class Waiver:
    """One check waived in one place.

    Attributes:
        check: its name, or a glob in a table.
        place: where the waiver itself is written.
        lines: of a comment: the lines of the statement that it belongs to; None for a table.
        path, function: of a table: globs; None for any.
    """

    check: str
    reason: str
    place: Site
    lines: range | None = None
    path: str | None = None
    function: str | None = None
    by: str | None = None
    until: date | None = None

    @property
    def where(self) -> str:
        return f"{self.place.file}:{self.place.line}"

    def reaches(self, file: str) -> bool:
        """Whether it could cover anything in this file."""
        if self.lines is not None:
            return file == self.place.file
        return self.path is None or _path_matches(file, self.path)

    def covers(self, objection: Objection) -> bool:
        """Whether it was written for this, be it expired or not."""
        return matches([objection.check], [self.check]) and any(
            self.reaches(site.file)
            and (self.lines is None or site.line in self.lines)
            and (self.function is None or _function_matches(site.function, self.function))
            for site in _places(objection)
        )


@dataclass(frozen=True)
class Waivers:
    """All waivers of a project, comments first, as they hold on one day."""

    listed: tuple[Waiver, ...] = ()
    today: date = field(default_factory=date.today)

    def expired(self, waiver: Waiver) -> bool:
        """The day named is the last on which it holds."""
        return waiver.until is not None and waiver.until < self.today

    def of(self, objection: Objection) -> Waived | None:
        """What waives this objection."""
        for one in self.listed:
            if one.covers(objection) and not self.expired(one):
                return Waived(one.reason, one.by, one.until.isoformat() if one.until else None, one.where)
        return None


# --------------------------------------------------------------------------------------------------------------- read
def read(root: Path, sources: Iterable[tuple[Path, str]], checks: Sequence[str], today: date) -> Waivers:
    """The waivers in comments of source, and in the tables of the root directory's pyproject.toml.

    Args:
        sources: (path, name relative to the root directory) of each source file.
        checks: the names of all checks there are.

    Raises:
        pytest.UsageError: for a waiver that is not written as it must be.
    """
    found: list[Waiver] = []
    for path, name in sources:
        try:
            code = path.read_bytes()
        except OSError:
            continue
        if b"prodready:" in code:
            found += comments(code, name, checks)
    return Waivers((*found, *tables(root / "pyproject.toml", checks)), today)


def comments(code: bytes, file: str, checks: Sequence[str]) -> list[Waiver]:
    """The waivers in one source file: each holds for the statement that it stands in, behind, or directly above."""
    found: list[Waiver] = []
    for comment, line, lines in _comments(code):
        for mark in _MARK.finditer(comment):
            names = [name.strip() for name in (mark["checks"] or "").split(",") if name.strip()]
            if not names:
                raise pytest.UsageError(f"{file}:{line}: a waiver names its check: # prodready: ignore[CHECK] reason")
            for name in names:
                if name not in checks:
                    raise pytest.UsageError(f"{file}:{line}: ignore[{name}]: no such check{nearest(name, checks)}")
            reason = mark["reason"].strip(" \t:-–—")
            if not re.search(r"\w", reason):
                raise pytest.UsageError(f"{file}:{line}: ignore[{', '.join(names)}] needs a reason behind it")
            found += [Waiver(name, reason, Site(file, line, ""), lines) for name in names]
    return found


def _comments(code: bytes) -> Iterator[tuple[str, int, range]]:
    """(text, line, lines of the statement that it belongs to) of each comment. Of a block's statement, the head."""
    above: list[tuple[str, int]] = []  # since the last statement
    within: list[tuple[str, int]] = []
    first: int | None = None  # line of the statement that is being read
    is_decorator = False
    decorated: int | None = None  # a decorator's, whose statement follows
    try:
        for token in tokenize.tokenize(io.BytesIO(code).readline):
            line = token.start[0]
            if token.type == tokenize.COMMENT:
                (above if first is None else within).append((token.string, line))
            elif token.type == tokenize.NEWLINE and first is not None:
                start = decorated or first
                if is_decorator:
                    first, decorated = None, start
                    continue
                near = _adjacent(above, start)
                for text, at in [*above, *within]:
                    belongs = at >= start or (text, at) in near
                    yield text, at, range(start, token.end[0] + 1) if belongs else range(0)
                above, within, first, decorated = [], [], None, None
            elif token.type not in _NO_CODE and token.type != tokenize.NEWLINE and first is None:
                first, is_decorator = line, token.string == "@"
    except (tokenize.TokenError, SyntaxError):
        return  # Python does not import it either
    for text, at in above:
        yield text, at, range(0)


def _adjacent(comments: list[tuple[str, int]], first: int) -> list[tuple[str, int]]:
    """Those that stand directly above a line, one below the other."""
    found: list[tuple[str, int]] = []
    for text, line in reversed(comments):
        if line != first - len(found) - 1:
            break
        found.insert(0, (text, line))
    return found


def tables(path: Path, checks: Sequence[str]) -> list[Waiver]:
    """The `[[tool.prodready.waivers]]` of a pyproject.toml."""
    try:
        text = path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return []
    if "prodready" not in text:
        return []
    try:
        listed = tomllib.loads(text).get("tool", {}).get("prodready", {}).get("waivers", [])
    except tomllib.TOMLDecodeError as exc:
        raise pytest.UsageError(f"{path.name}: {exc}") from None
    if not isinstance(listed, list) or not all(isinstance(table, dict) for table in listed):
        raise pytest.UsageError(f"{path.name}: tool.prodready.waivers must be tables: [[tool.prodready.waivers]]")
    heads = [text.count("\n", 0, match.end()) + 1 for match in _TABLE.finditer(text)]
    lines = heads if len(heads) == len(listed) else [1] * len(listed)
    return [_table(table, Site(path.name, line, ""), checks) for table, line in zip(listed, lines, strict=True)]


def _table(table: dict[str, Any], place: Site, checks: Sequence[str]) -> Waiver:
    where = f"{place.file}:{place.line}"
    for key, value in table.items():
        if key not in KEYS:
            raise pytest.UsageError(f"{where}: a waiver has no {key!r}{nearest(key, KEYS)}; it has {', '.join(KEYS)}")
        if key != "until" and not (isinstance(value, str) and value.strip()):
            raise pytest.UsageError(f"{where}: {key} = {value!r} must be a text")
    for key in ("check", "reason"):
        if key not in table:
            raise pytest.UsageError(f"{where}: a waiver needs a {key}")
    if not matches(checks, [table["check"]]):
        raise pytest.UsageError(f"{where}: check = {table['check']!r}: no such check{nearest(table['check'], checks)}")
    return Waiver(
        table["check"], table["reason"].strip(), place, None, table.get("path"), table.get("function"),
        table.get("approved_by"), _date(table.get("until"), where),
    )  # fmt: skip


def _date(value: Any, where: str) -> date | None:
    if isinstance(value, datetime):
        return value.date()
    if value is None or isinstance(value, date):
        return value
    try:
        return date.fromisoformat(value)
    except (TypeError, ValueError):
        raise pytest.UsageError(f"{where}: until = {value!r} must be a date, such as 2030-12-31") from None


def _places(objection: Objection) -> Iterator[Site]:
    """Its site; for a distribution also the file that declares it, with its name for a function."""
    yield objection.site
    if objection.entry == PROJECT:
        yield Site(objection.handler, 0, objection.operation)


def _path_matches(file: str, pattern: str) -> bool:
    """`*` stays within a folder, `**` does not, and a folder stands for all that is in it."""
    parts = re.split(r"(\*\*/|\*\*|\*|\?)", pattern.removeprefix("./").rstrip("/"))
    known = {"**/": "(?:.*/)?", "**": ".*", "*": "[^/]*", "?": "[^/]"}
    return re.fullmatch("".join(known.get(p) or re.escape(p) for p in parts) + "(?:/.*)?", file) is not None


def _function_matches(function: str, pattern: str) -> bool:
    """By its last name, or by its qualified one with or without `<locals>`."""
    return matches({function, function.replace("<locals>.", ""), function.rpartition(".")[2]}, [pattern])


# -------------------------------------------------------------------------------------------------------------- apply
def settle(results: Iterable[TrialResult], ordinary: Iterable[Objection], waivers: Waivers) -> list[TrialResult]:
    """The results, where failed trials of which nothing is left are `waived`.

    Args:
        ordinary: what checks hold against ordinary runs: a trial that was not made for it has no objections of its own.
    """
    shown: dict[tuple[str, Point], list[Objection]] = {}
    for one in ordinary:
        shown.setdefault((one.check, Point(one.site, one.operation, one.entry)), []).append(one)
    return [_settled(r, r.objections or shown.get((r.outcome or "", r.point), []), waivers) for r in results]


def _settled(result: TrialResult, objections: Iterable[Objection], waivers: Waivers) -> TrialResult:
    against = [waivers.of(o) for o in objections if o.level == ERROR]
    first = next(iter(against), None)
    if result.verdict != "failed" or first is None or None in against:
        return result
    return replace(result, verdict="waived", reason=first.reason)


def stale(waivers: Waivers, objections: Iterable[Objection], sure: Sure, level: str | None) -> list[Finding]:
    """A finding for each waiver that has expired, or that matches nothing although it could.

    Args:
        objections: all of them, waived or not.
        sure: whether what the run did not find is not there.
        level: the user's own.
    """
    objections = list(objections)
    found = []
    for one in waivers.listed:
        if waivers.expired(one):
            found.append(pointless(one.place, _shown(one), f"the waiver of {one.check} expired on {one.until}",
                                   "Mend what it waived, or decide anew and give it a later day.", level))  # fmt: skip
        elif not any(one.covers(o) for o in objections) and sure(one.check, one.reaches):
            found.append(pointless(one.place, _shown(one), f"the waiver of {one.check} matches no finding",
                                   "Remove it.", level))  # fmt: skip
    return found


def pointless(place: Site, operation: str, message: str, fix: str, level: str | None) -> Finding:
    """A finding of `stale-waiver`: it belongs to no pillar, and no test shows it."""
    return Finding(
        STALE, level or WARNING, "stale-waiver", f"{place.file}", message, fix, [FindingSite(place, "", operation)], "", {}
    )  # fmt: skip


def _shown(waiver: Waiver) -> str:
    narrowed = "".join(f" {part}" for part in (waiver.path, waiver.function) if part)
    return f"ignore[{waiver.check}]{narrowed}"
