"""What real servers and injected failures were found to have in common, said at the end of a run."""

from __future__ import annotations

from typing import Any


def pytest_terminal_summary(terminalreporter: Any) -> None:
    """The table of `tests/seams/live`: client, fault, kind of call, and whether the injected failure is the real one."""
    reports = [one for kind in ("passed", "failed") for one in terminalreporter.stats.get(kind, ())]
    rows = [
        value for report in reports if report.when == "call" for name, value in report.user_properties if name == "live"
    ]
    if not rows:
        return
    terminalreporter.section("injected failures against real ones")
    for client, fault, kind, said in sorted(map(tuple, rows)):
        terminalreporter.line(f"{client:30} {fault:28} {kind:10} {said}")
    agreeing = sum(row[3] == "agrees" for row in rows)
    terminalreporter.line(f"{len(rows)} pairs, {agreeing} agree wholly: {100 * agreeing / len(rows):.1f} %")
