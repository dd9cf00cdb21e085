"""A connection, an engine or a client for every request."""

from __future__ import annotations

from collections.abc import Iterator

from ...trace import Call, Making, Site, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check


class UnpooledConnection(Check):
    name = "unpooled-connection"
    pillar = "performance"
    cwe = 1072
    reads = frozenset({"makings"})
    summary = (
        "the same line of source opens a connection to a server, or makes a pool, engine or client, for every request"
    )
    why = "Each request pays for a new connection (TCP, TLS, log-in), and under load the server runs out of them."
    fix = "Make it once, when the application starts (a module's global, `lifespan`, `app.state`), and use it for all requests."
    bad = """@app.get("/rates")
def rates():
    with httpx.Client() as client:
        return client.get(URL).json()"""
    good = """client = httpx.Client()

@app.get("/rates")
def rates():
    return client.get(URL).json()"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        by_site: dict[Site, list[Making]] = {}
        for making in trace.makings:
            if making.call.site is not None and self.for_request(making):
                by_site.setdefault(making.call.site, []).append(making)
        for made in by_site.values():
            if self.kept(made):
                continue
            call = made[0].call
            bare = made[0].what == "connection to a SQLite file"
            requests = len({id(making.call.entry) for making in made})
            assert call.site is not None
            yield self.against(
                call, f"every request makes its own {made[0].what}: {len(made)} in {requests} request{'s' * (requests > 1)}",
                self.name, f"{call.site.function} in {call.site.file}", WARNING if bare or self.seen_once(made) else ERROR, made=len(made),
            )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (making.call for making in trace.makings if self.for_request(making))

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False

    # the guards: each keeps clean code clean
    @staticmethod
    def for_request(making: Making) -> bool:
        """A script makes its client once; only who answers requests makes one for each."""
        return making.call.entry is not None and making.call.entry.kind == "route"

    @staticmethod
    def seen_once(made: list[Making]) -> bool:
        """One request is no proof of what the next one does."""
        return len({id(making.call.entry) for making in made}) < 2

    @staticmethod
    def kept(made: list[Making]) -> bool:
        """Made on the first request and kept for the next."""
        return not any(making.over for making in made) and len({id(making.call.entry) for making in made}) < 2
