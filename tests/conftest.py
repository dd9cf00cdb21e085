"""What real servers and injected failures were found to have in common, said at the end of a run."""

from __future__ import annotations

from collections import Counter
from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ())]
    said = [(name, value) for one in reports if one.when == "call" for name, value in one.user_properties]
    _pairs(terminalreporter, sorted(tuple(value) for name, value in said if name == "live"))
    _rows(terminalreporter, sorted((value for name, value in said if name == "rows"), key=lambda row: str(row[0])))


def _pairs(terminalreporter: Any, pairs: list[tuple[str, ...]]) -> None:
    """The table of `tests/seams/live`: client, fault, kind of call, and whether the injected failure is the real one."""
    if not pairs:
        return
    terminalreporter.section("injected failures against real ones")
    for client, fault, kind, said in pairs:
        terminalreporter.line(f"{client:30} {fault:28} {kind:10} {said}")
    agreeing = sum(pair[3] == "agrees" for pair in pairs)
    terminalreporter.line(f"{len(pairs)} pairs, {agreeing} agree wholly: {100 * agreeing / len(pairs):.1f} %")


def _rows(terminalreporter: Any, rows: list[Any]) -> None:
    """The measurements (`tests/seams/measured.jsonl`): how many have a fault, agree with it, or are another form of it."""
    if not rows:
        return
    terminalreporter.section("measured failures against injected ones")
    terminalreporter.line(f"{'driver':40} {'rows':>5} {'covered':>8} {'agree':>6} {'other form':>11}")
    reasons: Counter[str] = Counter()
    for driver, count, covered, agreeing, others, note in rows:
        reasons.update(others)
        terminalreporter.line(f"{driver:40} {count:5} {covered:8} {agreeing:6} {sum(others.values()):11}  {note}")
    totals = [sum(row[column] for row in rows) for column in (1, 2, 3)]
    terminalreporter.line(
        f"{totals[0]} rows, {totals[1]} covered by a fault: {totals[2]} agree, {sum(reasons.values())} are another real form of it:"
    )
    for why, count in reasons.most_common():
        terminalreporter.line(f"{count:5}  {why}")
