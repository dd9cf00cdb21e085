"""Input comes back as markup."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting, with_view


class CrossSiteScripting(Check):
    name = "cross-site-scripting"
    pillar = "security"
    cwe = 79
    summary = "attacked input comes back as markup or script when the response is parsed as HTML"
    why = "Somebody else's script runs in your user's session: it reads, buys and deletes as he could."
    fix = "Let a template with automatic escaping write the page, or `html.escape` (with quotes) and `json.dumps` what you put into it."
    bad = """return f"<h1>Results for {query}</h1>\""""
    good = """return render_template("results.html", query=query)  # {{ query }} is escaped"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["html"]):
            message = f"{attempt.leaf} comes back as markup: {sink.proof}"
            yield from with_view(self.against_input(attempt, site, message, parsed=sink.proof, proof=sink.proof), sink)
