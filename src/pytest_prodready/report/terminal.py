"""The terminal: a table in the manner of coverage's, and each finding's story."""

from __future__ import annotations

from ..verdicts import ERROR
from .model import Counts, Finding, Report, Waived

IN_FULL = 10  # findings


class TerminalReporter:
    kind = "term"
    default: str | None = None

    def render(self, report: Report, width: int = 80) -> str:
        lines: list[str] = []
        if report.swept:
            lines += _table(report, width)
        lines += _findings(report, width)
        lines += [f"note: {note}" for note in report.notes]
        lines += [f"prodready's own error (no verdict, please report it): {error}" for error in report.internal_errors]
        return "\n".join(lines)


def _table(report: Report, width: int) -> list[str]:
    longest = max([len("Name"), *(len(name) for name in report.files)])
    head = f"{'Name':<{longest}}  Probes  Failed  Untried  Ready  Missing"
    rule = "-" * max(width, len(head))
    rows = [
        f"{name:<{longest}}  {_numbers(row.counts)}  "
        + " ".join(f"{line}[{', '.join(names)}]" for line, names in row.missing.items())
        for name, row in report.files.items()
    ]
    return [
        head, rule, *(row.rstrip() for row in rows), rule, f"{'TOTAL':<{longest}}  {_numbers(report.total)}", "",
        " · ".join(_pillar(name, report) for name in report.pillars), "",
    ]  # fmt: skip


def _numbers(counts: Counts) -> str:
    return f"{counts.probes:>6}  {counts.failed:>6}  {counts.untried:>7}  {_percent(counts):>5}"


def _percent(counts: Counts) -> str:
    if counts.percent is None:
        return "n/a"
    # 100% and 0% are said only of all and of none
    rounded = min(max(round(counts.percent), 1 if counts.percent > 0 else 0), 100 if counts.percent == 100 else 99)
    return f"{rounded}%"


def _pillar(name: str, report: Report) -> str:
    pillar = report.pillars[name]
    if pillar.status == "measured":
        return f"{name} {_percent(pillar.counts)}"
    return f"{name} {pillar.status.replace('-', ' ')}" + (f" ({pillar.reason})" if pillar.reason else "")


def story(finding: Finding) -> list[str]:
    """At most ten lines: where, what was done to it, what came out, what would be right, how to run it again."""
    if not finding.test:
        return [_one_line(_head(finding)), _one_line(f"  fix:    {finding.fix}")]
    lines = [
        _head(finding),
        _where(finding),
    ]
    attacked = "input" in finding.evidence and "request" in finding.evidence
    if finding.faults and not attacked:
        after = f", after {finding.evidence['after']}" if "after" in finding.evidence else ""
        lines.append(f"  fault:  {', '.join(finding.faults[:3])}" + _more(len(finding.faults) - 3) + after)
    if attacked:
        lines.append(f"  input:  {finding.evidence['input']} = {str(finding.evidence['value'])[:100]!r}")
        lines.append(f"  sent:   {str(finding.evidence['request'])[:150]}")
    if finding.evidence.get("proof"):
        lines.append(f"  proof:  {' '.join(str(finding.evidence['proof']).split())[:200]}")
    text = finding.evidence.get("text") or finding.evidence.get("shown")
    if text:
        lines.append(f"  came:   {' '.join(str(text).split())[:150]}")
    if finding.check.pillar != "dependencies":
        lacks = f"  lacks:  a handler in {finding.handler} for {finding.family}"
        lines.append(lacks if finding.check.name == "escaped-exception" else f"  in:     {finding.handler}")
    others = [f"{s.site.file}:{s.site.line} ({s.entry})" for s in finding.sites[1:3]]
    if others:
        lines.append(f"  also:   {', '.join(others)}" + _more(len(finding.sites) - 3))
    lines.append(f"  fix:    {finding.fix}")
    cwe = f"CWE-{finding.check.cwe}, " if finding.check.cwe else ""
    lines.append(f"  again:  {finding.reproduce}   ({cwe}{finding.id})")
    return [_one_line(line) for line in lines]


def _head(finding: Finding) -> str:
    return f"{_place(finding)}: {finding.message}"


def _place(finding: Finding) -> str:
    return f"{finding.place} {finding.check.name}"


def _where(finding: Finding) -> str:
    site = finding.sites[0]
    if finding.check.pillar == "dependencies":
        return f"  where:  {site.operation}, {finding.evidence.get('declared', finding.handler)}"
    return f"  where:  {finding.site.function}(), {site.operation}, reached by {site.entry}"


def _decided(waived: Waived) -> str:
    """The reason, and in brackets who approved it, its last day, and where it is written."""
    more = [waived.by, waived.until and f"until {waived.until}", waived.where]
    return f"{waived.reason} ({', '.join(text for text in more if text)})"


def _one_line(text: str) -> str:
    return " ".join(text.splitlines())


def _more(count: int) -> str:
    return f" and {count} more" if count > 0 else ""


def _findings(report: Report, width: int) -> list[str]:
    errors = report.errors
    lines: list[str] = []
    for finding in errors[:IN_FULL]:
        lines += [*story(finding), ""]
    for finding in errors[IN_FULL:]:
        lines.append(_one_line(f"{_head(finding)} ({finding.id})"))
    lines += [_one_line(f"waived: {_place(f)}: {_decided(f.waived)}") for f in report.findings if f.waived is not None]
    known = [f for f in report.findings if f.known]
    if known:
        lines.append(f"{len(known)} known from the baseline, which fail{'s' * (len(known) == 1)} no test:")
        lines += [_one_line(f"  known: {_head(f)} ({f.id})") for f in known]
    warned = [f for f in report.standing if f.level != ERROR]
    lines += [_one_line(f"warning: {_head(f)}") for f in warned if not f.test]  # of a decision, which is quickly mended
    warnings = len(warned)
    if warnings:
        lines.append(f"{warnings} warning{'s' * (warnings > 1)}, which fail no test: see --prodready-report=json")
    return lines


REPORTER = TerminalReporter()
