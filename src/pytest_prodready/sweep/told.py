"""One trial in words: everything that it saw, for `--prodready-trial`."""

from __future__ import annotations

import shlex
from collections.abc import Sequence

from ..trace import Attempt
from ..verdicts import TrialResult, scrub
from .plan import TrialSpec
from .sweeper import Sweeper

LONGEST = 200


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
    return "\n".join([*lines, *_end(result)])


def told_attack(spec: TrialSpec, result: TrialResult, sweeper: Sweeper) -> str:
    """Every attacked request of one attack on one leaf: what was sent, where it got to, what came back."""
    site = spec.point.site
    lines = [
        f"{spec.id}: {spec.fault} on {spec.input} at {site.file}:{site.line} {site.function}()",
        f"  {spec.point.entry}, attacked in {spec.test}",
    ]
    for attempt in _telling(spec, result, sweeper.last.attempts if sweeper.last is not None else ()):
        lines.append(f"  {attempt.attack or 'a harmless request'}: {_short(attempt.value, 100)}")
        lines += [f"    sent      {_short(line)}" for line in _sent(attempt)]
        for sink in attempt.sinks:
            what = "arrived as code in" if sink.bites else "got to"
            at = f" at {sink.site.file}:{sink.site.line} {sink.site.function}()" if sink.site is not None else ""
            lines.append(f"    {what} {sink.kind}{at}: {_short(sink.proof or _near(sink.text, attempt.token))}")
        outcome = attempt.entry.outcome if attempt.entry is not None else None
        shown = f"{outcome.status} {outcome.body}" if outcome is not None and outcome.error is None else ""
        if outcome is not None and outcome.error is not None:
            shown = f"{outcome.error.name}: {outcome.error.text}"
        lines.append(f"    answered  {_short(shown or attempt.ended or 'nothing')}")
    return "\n".join([*lines, *_end(result)])


def _telling(spec: TrialSpec, result: TrialResult, attempts: Sequence[Attempt]) -> list[Attempt]:
    """What was harmless, and what proves something; where nothing does, all that was tried."""
    proofs = {objection.evidence.get("value") for objection in result.objections}
    told = [one for one in attempts if not one.attack or scrub(one.value) in proofs]
    return told if any(one.attack for one in told) else [one for one in attempts if one.attack in ("", spec.fault)]


def _end(result: TrialResult) -> list[str]:
    lines = [f"  verdict: {result.verdict} ({result.outcome or result.reason})"]
    if result.verdict == "waived":
        lines.append(f"  waived: {result.reason}")
    return [*lines, *(f"  {o.check} ({o.level}): {o.message}" for o in result.objections)]


def _sent(attempt: Attempt) -> list[str]:
    request = attempt.request
    if request.is_command:
        files = [content[:LONGEST].decode("utf-8", "replace") for _, content in request.files]
        return [
            shlex.join(request.words),
            *(text for text in (request.body.decode("utf-8", "replace"), *files) if text),
        ]
    query = f"?{request.query}" if request.query else ""
    body = request.body[:LONGEST].decode("utf-8", "replace")
    return [f"{request.method} {request.path}{query}", *([body] if body else [])]


def _near(text: str, token: str) -> str:
    """The part of a text around the token."""
    at = max(text.lower().find(token.lower()), 0) if token else 0
    return text[max(at - 60, 0) : at + 60]


def _short(text: str, most: int = LONGEST) -> str:
    return " ".join(text.split())[:most]
