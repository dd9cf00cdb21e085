"""Input decides whom the application asks."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import Objection
from .. import Check
from ._reached import biting


class ServerSideRequestForgery(Check):
    name = "server-side-request-forgery"
    pillar = "security"
    cwe = 918
    summary = "attacked input decides which host the application sends a request to"
    why = "Your server reaches what is behind your firewall: the cloud's metadata, its credentials, the admin's port."
    fix = "Compare the parsed host with a list of your own; where any host will do, resolve it and refuse addresses that are not global."
    bad = """requests.get(request.json["avatar_url"])"""
    good = "if urlsplit(url).hostname not in ALLOWED: abort(400)"

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["http"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} decides which host is asked: {sink.proof}",
                url=sink.text,
                proof=sink.text,
            )
