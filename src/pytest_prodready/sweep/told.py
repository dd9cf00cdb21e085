"""One trial in words: everything that it saw, for `--prodready-trial`."""

from __future__ import annotations

from ..verdicts import TrialResult
from .plan import TrialSpec
from .sweeper import Sweeper


def told(spec: TrialSpec, result: TrialResult, sweeper: Sweeper) -> str:
    """Everything that one trial saw."""
    lines = [
        f"{spec.id}: {spec.fault}{f' ({spec.variant})' if spec.variant else ''} at {spec.point.site.file}:{spec.point.site.line}"
        f" {spec.point.site.function}()",
        f"  {spec.point.operation}, call {spec.occurrence} there, reached by {spec.point.entry} in {spec.test}",
    ]
    trace = sweeper.last
    if trace is not None:
        lines.append("  what happened:")
        for call in trace.calls:
            if call.phase == "call" and call.site is not None:
                end = (
                    f"{call.error.name}: {call.error.text}"
                    if call.error
                    else "answered"
                    if not call.faulted
                    else "answered as injected"
                )
                struck = f"  <-- {call.faulted}" if call.faulted else ""
                lines.append(
                    f"    {call.site.file}:{call.site.line} {call.operation}: {' '.join(end.split())[:150]}{struck}"
                )
        lines += [
            f"    log {record.level} {record.logger}: {' '.join(record.text.split())[:150]}" for record in trace.logs
        ]
        if trace.sleeps:
            lines.append(
                f"    waited {sum(sleep.seconds for sleep in trace.sleeps):g} s of virtual time in {len(trace.sleeps)} waits"
            )
        entry = trace.struck.entry if trace.struck is not None else None
        if entry is not None and entry.outcome is not None:
            outcome = entry.outcome
            answered = outcome.kind in ("response", "exit") and outcome.error is None
            shown = f"{outcome.status} {' '.join((outcome.body + outcome.errors).split())[:300]}" if answered else ""
            shown = shown or (
                f"{outcome.error.name}: {outcome.error.text}" if outcome.error else f"returned {outcome.value!r}"[:300]
            )
            lines.append(f"  outcome of {entry.label}: {shown}")
    lines.append(f"  verdict: {result.verdict} ({result.outcome or result.reason})")
    if result.verdict == "waived":
        lines.append(f"  waived: {result.reason}")
    lines += [f"  {o.check} ({o.level}): {o.message}" for o in result.objections]
    return "\n".join(lines)
