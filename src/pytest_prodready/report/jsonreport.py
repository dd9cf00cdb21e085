"""JSON, schema 1 of DESIGN section 7."""

from __future__ import annotations

import json
from dataclasses import asdict
from typing import Any

from ..verdicts import TrialResult
from .model import Counts, Finding, Report, trial_key

SCHEMA = 1


class JsonReporter:
    kind = "json"
    default: str | None = "prodready.json"

    def render(self, report: Report, width: int = 80) -> str:
        return json.dumps(as_dict(report), indent=2) + "\n"


def as_dict(report: Report) -> dict[str, Any]:
    """The report as plain data."""
    return {
        "schema": SCHEMA,
        "version": report.version,
        "seed": report.seed,
        "readiness": {
            **_counts(report.total),
            "pillars": {
                name: {
                    "status": pillar.status,
                    "percent": _round(pillar.counts.percent) if pillar.status == "measured" else None,
                    "probes": pillar.counts.probes,
                    "failed": pillar.counts.failed,
                    "untried": pillar.counts.untried,
                    "reason": pillar.reason,
                }
                for name, pillar in report.pillars.items()
            },
        },
        "files": {
            name: {
                **_counts(row.counts),
                "missing": {str(line): names for line, names in row.missing.items()},
            }
            for name, row in report.files.items()
        },
        "findings": [_finding(finding) for finding in report.findings],
        "trials": [_trial(trial) for trial in sorted(report.trials, key=trial_key)],
        "seams": dict(sorted(report.seams.items())),
        "notes": report.notes,
        "internal_errors": report.internal_errors,
    }


def _counts(counts: Counts) -> dict[str, Any]:
    return {
        "percent": _round(counts.percent),
        "probes": counts.probes,
        "failed": counts.failed,
        "untried": counts.untried,
    }


def _round(percent: float | None) -> float | None:
    return None if percent is None else round(percent, 1)


def _finding(finding: Finding) -> dict[str, Any]:
    return {
        "id": finding.id,
        "check": finding.check.name,
        "pillar": finding.check.pillar,
        "level": finding.level,
        "cwe": finding.check.cwe,
        "family": finding.family,
        "handler": finding.handler,
        "file": finding.site.file or None,
        "line": finding.site.line or None,
        "function": finding.site.function or None,
        "sites": [
            {
                "file": one.site.file or None, "line": one.site.line or None, "function": one.site.function or None, "entry": one.entry,
                "operation": one.operation, "faults": one.faults, "attacks": one.attacks, "inputs": one.inputs, "trials": one.trials,
            }
            for one in finding.sites
        ],
        "test": finding.test or None,
        "message": finding.message,
        "evidence": finding.evidence,
        "fix": finding.fix,
        "waived": None if finding.waived is None else asdict(finding.waived),
        "known": finding.known,
        "reproduce": finding.reproduce,
    }  # fmt: skip


def _trial(result: TrialResult) -> dict[str, Any]:
    spec = result.spec
    (file, line, function), operation, entry = spec["point"]
    leaf = spec["input"] or None
    return {
        "id": result.id, "test": spec["test"], "fault": None if leaf else spec["fault"], "variant": None if leaf else spec["variant"] or None,
        "attack": spec["fault"] if leaf else None, "input": leaf, "file": file, "line": line, "function": function, "entry": entry, "operation": operation,
        "occurrence": spec["occurrence"], "wave": spec["wave"], "verdict": result.verdict, "outcome": result.outcome,
        "reason": result.reason, "seconds": round(result.seconds, 4),
    }  # fmt: skip


REPORTER = JsonReporter()
