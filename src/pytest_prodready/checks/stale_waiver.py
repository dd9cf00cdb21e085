"""A decision that nothing needs any more. Waivers and the baseline find it themselves: no trace shows it."""

from __future__ import annotations

from ..verdicts import WARNING
from . import Check


class StaleWaiver(Check):
    name = "stale-waiver"
    pillar = ""
    cwe = None
    level = WARNING
    summary = "a waiver or an entry of the baseline matches nothing, or has expired"
    why = "The next defect in its place would be waived with it, and nobody would know."
    fix = "Remove it; where it has expired, mend what it waived or decide anew."
    bad = """\
rates = requests.get(RATES, timeout=3)  # prodready: ignore[no-timeout] waits on purpose"""
    good = "rates = requests.get(RATES, timeout=3)"

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False


CHECKS = [StaleWaiver()]
