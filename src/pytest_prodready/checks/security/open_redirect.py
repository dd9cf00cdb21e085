"""Input decides where a redirect goes."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Sink, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from ._reached import biting, with_view


class OpenRedirect(Check):
    name = "open-redirect"
    pillar = "security"
    cwe = 601
    summary = "attacked input decides the host of a redirect"
    why = "A link to your site ends at another one that looks like yours, and asks for the password."
    fix = "Redirect to your own paths only: compare with a list, or check the host as a browser reads it (`url_has_allowed_host_and_scheme`)."
    bad = """return redirect(request.args["next"])"""
    good = """target = request.args["next"]
return redirect(target if url_has_allowed_host_and_scheme(target, None) else "/")"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["redirect"]):
            message = f"{attempt.leaf} decides where the redirect goes: {sink.proof}"
            level = WARNING if self.is_kept(attempt, sink) else ERROR
            yield from with_view(
                self.against_input(attempt, site, message, level, location=sink.proof, proof=sink.proof), sink
            )

    # the guards: each keeps clean code clean
    @staticmethod
    def is_kept(attempt: Attempt, sink: Sink) -> bool:
        """It was stored, and another request leads there: that may be what the application is for, as with short links."""
        asked = attempt.entry.view if attempt.entry is not None else None
        return (sink.view or sink.site) != asked
