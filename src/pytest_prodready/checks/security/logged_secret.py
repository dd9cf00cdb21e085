"""What the user submitted in confidence stands in a log."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...trace import Trace, Written
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from ._secrets import CARD, Secret, bounded, known_to

#: Words that messages hold anyway.
COMMON = frozenset(
    [
        "password",
        "secret",
        "pass",
        "passwd",
        "token",
        "login",
        "user",
        "admin",
        "root",
        "test",
        "demo",
        "guest",
        "changeme",
        "letmein",
        "card",
    ]
)
#: Shorter values turn up in records by chance.
SHORTEST = 5


class LoggedSecret(Check):
    name = "logged-secret"
    pillar = "security"
    cwe = 532
    reads = frozenset({"secrets", "written"})
    summary = "a password, token or card number that was submitted appears in a log record of an effective level"
    why = "Logs are copied to places where everybody may read them, and kept for years."
    fix = "Log who and what happened, never what was typed in; mask what has to be recognised (the last four digits)."
    bad = 'log.info("log-in of %s with %s", name, password)'
    good = 'log.info("log-in of %s", name)'

    def look(self, trace: Trace) -> Iterator[Objection]:
        if not trace.written:
            return
        secrets, seen = known_to(trace), set[tuple[str, object]]()
        for record in trace.written:
            for secret in secrets:
                if self.tells(record, secret) and (secret.name, record.site) not in seen:
                    seen.add((secret.name, record.site))
                    yield from self._against(record, secret, trace)

    def _against(self, record: Written, secret: Secret, trace: Trace) -> Iterator[Objection]:
        entry = next((e.label for e in trace.entries if e.view in record.path or e.request is not None), "")
        shown = record.text.replace(secret.value, "…")[:200]
        level = WARNING if record.doubtful else ERROR
        message = f"the {secret.kind} {secret.name} stands in a log record"
        functions = set[str]()
        for place in record.path or (record.site,):
            if place.function not in functions:
                functions.add(place.function)
                yield Objection(
                    self.name, level, place, entry, "log", self.name, f"{record.site.function} in {record.site.file}",
                    message, self.fix, {"record": shown, "field": secret.name, "proof": shown},
                )  # fmt: skip

    # the guards: each keeps clean code clean
    def tells(self, record: Written, secret: Secret) -> bool:
        """Whether the record holds all of it."""
        if secret.kind == "card number":
            digits = re.sub(r"\D", "", secret.value)
            return any(re.sub(r"\D", "", match[0]) == digits for match in CARD.finditer(record.text))
        if len(secret.value) < SHORTEST or not bounded(secret.value, record.text):
            return False
        return not self.common(secret.value) or bool(
            re.search(rf"[=:'\"/]\s*{re.escape(secret.value)}(?!\w)", record.text)
        )

    @staticmethod
    def common(value: str) -> bool:
        """A word that a message may hold for another reason."""
        return value.lower() in COMMON
