"""The baseline: findings known on an earlier day, which fail nothing, in a file that only ever has to get shorter."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import pytest

from .report.model import Finding
from .trace import Site
from .waivers import STALE, Sure, pointless

FIELDS = ("check", "file", "function", "handler")


@dataclass
class Baseline:
    """The file's entries by the id of their finding: check, file and function for people, handler to tell twins apart.

    Attributes:
        name: of the file as reports show it.
        lines: on which line of it each id stands.
    """

    path: Path
    name: str
    entries: dict[str, dict[str, str]] = field(default_factory=dict)
    lines: dict[str, int] = field(default_factory=dict)

    def _fits(self, id: str, finding: Finding) -> bool:
        # a finding goes on when other sites join it, though its first one and thus its id may be another then
        own = "-".join(id.split("-")[:2])
        return own in finding.ids and self.entries[id]["handler"] == finding.handler

    def mark(self, findings: Iterable[Finding]) -> None:
        """Mark those that are known and not waived; one is known too where its entry's site was waived since."""
        findings = list(findings)
        fitting = {(f.check.name, f.family, f.handler) for f in findings if any(self._fits(i, f) for i in self.entries)}
        for f in findings:
            f.known = f.waived is None and (f.check.name, f.family, f.handler) in fitting

    def gone(self, findings: Iterable[Finding], sure: Sure) -> list[str]:
        """The ids of entries whose finding is no more."""
        findings = list(findings)
        return [
            id
            for id, entry in self.entries.items()
            if not any(self._fits(id, f) for f in findings) and sure(entry["check"], entry["file"].__eq__)
        ]

    def stale(self, findings: Iterable[Finding], sure: Sure, level: str | None) -> list[Finding]:
        """A finding of `stale-waiver` for each entry that must leave the file."""
        found = []
        for id in self.gone(findings, sure):
            entry = self.entries[id]
            message = f"{id} ({entry['check']} in {entry['function']}, {entry['file']}) is no longer found"
            place = Site(self.name, self.lines.get(id, 1), "")
            found.append(pointless(place, id, message, "Remove it, or write the file anew with "
                                   "--prodready-write-baseline.", level))  # fmt: skip
        return found

    def write(self, findings: Iterable[Finding], sure: Sure) -> int:
        """Make the file list these findings, and what this run could not tell of; how many there are then."""
        findings = [f for f in findings if f.waived is None and f.check is not STALE]
        gone = self.gone(findings, sure)
        kept = {i: e for i, e in self.entries.items() if i not in gone and not any(self._fits(i, f) for f in findings)}
        for f in findings:
            kept[f.id] = dict(zip(FIELDS, (f.check.name, f.site.file, f.site.function, f.handler), strict=True))
        text = json.dumps({"version": 1, "findings": dict(sorted(kept.items()))}, indent=2, ensure_ascii=False) + "\n"
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(text, encoding="utf-8")
        self.entries = kept
        return len(kept)


def read(path: Path, root: Path, may_be_new: bool) -> Baseline:
    """Read the file.

    Args:
        may_be_new: whether it is to be written, and need not be there yet.

    Raises:
        pytest.UsageError: where there is none, or what it holds is no baseline.
    """
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else str(path)
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        if may_be_new:
            return Baseline(path, name)
        raise pytest.UsageError(
            f"--prodready-baseline={name}: there is no such file; --prodready-write-baseline makes it"
        ) from None
    except (OSError, UnicodeDecodeError) as exc:
        raise pytest.UsageError(f"--prodready-baseline={name}: {exc}") from None
    try:
        entries = _entries(json.loads(text))
    except ValueError as exc:
        raise pytest.UsageError(f"--prodready-baseline={name}: this is no baseline: {exc}") from None
    lines = {id: text.count("\n", 0, text.index(f'"{id}"')) + 1 for id in entries if f'"{id}"' in text}
    return Baseline(path, name, entries, lines)


def _entries(data: Any) -> dict[str, dict[str, str]]:
    found = data.get("findings") if isinstance(data, dict) and data.get("version") == 1 else None
    if not isinstance(found, dict):
        raise ValueError('it must be {"version": 1, "findings": {...}}')
    for id, entry in found.items():
        if not isinstance(entry, dict) or any(not isinstance(entry.get(name), str) for name in FIELDS):
            raise ValueError(f"{id} must have the texts {', '.join(FIELDS)}")
    return found
