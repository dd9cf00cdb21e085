"""What the ordinary run of one test showed, reduced to its points: plain data that travels between processes."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import asdict, dataclass, field
from typing import Any

from .trace import LARGEST_REQUEST, Entry, Point, Request, Site, Trace, point_from

#: So many requests of one view are kept of a test, beside the first.
MOST_REQUESTS = 4


@dataclass(slots=True)
class Sighting:
    """A point as one test reached it in the ordinary run; plain data that travels between xdist's workers."""

    point: Point
    test: str
    seam: str
    family: str
    kind: str
    target: str
    effect: bool
    entry_kind: str
    statement: str = ""
    waits_for_ever: bool | None = None
    passed_in: bool = False
    reply: str | None = None
    payment: str = ""
    request: dict[str, Any] | None = None  # of what arrives: a Request, and the number of its route in the test
    others: list[dict[str, Any]] = field(default_factory=list)  # requests of the test that have other fields
    occurrences: list[int] = field(default_factory=list)  # from 1, those that did not fail in the ordinary run
    paths: list[tuple[Site, ...]] = field(default_factory=list)  # in order of first appearance
    path_occurrences: list[int] = field(default_factory=list)
    shows_tracebacks: bool = False  # the command was asked for them: another test says more of its handlers


@dataclass(slots=True)
class Observation:
    """What the ordinary run of one test showed."""

    test: str
    passed: bool
    calls: int
    seconds: float
    sightings: list[Sighting] = field(default_factory=list)
    entries: list[tuple[str, str]] = field(default_factory=list)
    seams: dict[str, int] = field(default_factory=dict)
    unswept: str | None = None  # why this test is not swept
    location: tuple[str, int | None, str] = ("", None, "")  # as pytest's reports have it
    unseen: list[tuple[str, Point, str, str]] = field(
        default_factory=list
    )  # what checks could not look at: see `Judging`

    def to_json(self) -> dict[str, Any]:
        return asdict(self)

    @classmethod
    def from_json(cls, data: dict[str, Any]) -> Observation:
        data = dict(data)
        data["sightings"] = [_sighting(s) for s in data["sightings"]]
        data["location"] = tuple(data["location"])
        data["unseen"] = [(check, point_from(point), text, why) for check, point, text, why in data["unseen"]]
        data["entries"] = [(kind, label) for kind, label in data["entries"]]
        return cls(**data)


def driven(observations: Iterable[Observation]) -> bool:
    """Whether the suite drives any entry of the application, beside the functions that it calls itself."""
    return any(kind != "direct" for observation in observations for kind, _ in observation.entries)


def request_from(data: dict[str, Any]) -> Request:
    """The request of a sighting."""
    headers = tuple((name, value) for name, value in data["headers"])
    files = tuple((number, content.encode("latin-1")) for number, content in data.get("files", ()))
    body, words = data["body"].encode("latin-1"), tuple(data.get("words", ()))
    return Request(data["method"], data["path"], data["query"], headers, body, words, files, data.get("turn", 0))


def _sighting(data: dict[str, Any]) -> Sighting:
    data = dict(data)
    data["point"] = point_from(data["point"])
    data["paths"] = [tuple(Site(*site) for site in path) for path in data["paths"]]
    return Sighting(**data)


def observe(trace: Trace) -> Observation:
    """Reduce the trace of an ordinary run to its points."""
    seen: dict[tuple[Site, str, str], tuple[Sighting, list[int]]] = {}  # with the number of calls there
    seams: dict[str, int] = {}
    total = 0
    routes = {id(entry): number for number, entry in enumerate(e for e in trace.entries if e.kind == "route")}
    for call in trace.calls:
        if call.phase != "call":
            continue  # fixtures run as often as there are workers
        if call.kind != "receive":
            seams[call.seam] = seams.get(call.seam, 0) + 1
        site, entry = call.site, call.entry
        if site is None or entry is None:
            continue
        total += call.kind != "receive"
        if not call.failable:
            continue
        key = (site, call.operation, entry.label)
        known = seen.get(key)
        if known is None:
            sighting = Sighting(
                Point(*key), trace.test, call.seam, call.family, call.kind, call.target, call.effect, entry.kind,
                call.statement, call.waits_for_ever, call.passed_in, call.reply, call.payment,
                shows_tracebacks=entry.shows_tracebacks,
            )  # fmt: skip
            if call.kind == "receive":
                sighting.request = _arrived(entry, routes.get(id(entry), 0))
            known = seen[key] = sighting, [0]
        sighting, count = known
        count[0] += 1
        if call.error is not None or (call.kind == "receive" and not _accepted(entry)):
            continue
        if sighting.reply is None:
            sighting.reply = call.reply
        if not sighting.occurrences and call.kind == "receive":
            sighting.request = _arrived(entry, routes.get(id(entry), 0))  # one that was served says more
        elif call.kind == "receive":
            _add_other(sighting, entry, routes.get(id(entry), 0))
        sighting.occurrences.append(count[0])
        if call.path not in sighting.paths:
            sighting.paths.append(call.path)
            sighting.path_occurrences.append(count[0])
    entries = list(dict.fromkeys((e.kind, e.label) for e in trace.entries))
    sightings = [sighting for sighting, _ in seen.values()]
    return Observation(trace.test, trace.passed, total, trace.seconds, sightings, entries, seams)


def _accepted(entry: Entry) -> bool:
    """Whether a request was served; a fault in one that is refused anyway shows nothing."""
    if entry.outcome is None:  # how a main function ended nobody saw
        return entry.kind in ("command", "direct")
    return not entry.outcome.is_error


def _arrived(entry: Entry, number: int) -> dict[str, Any] | None:
    """A request as plain data, with the number of its route or command in the test; each byte is a character."""
    request = entry.request
    if request is None:
        return None
    body = request.body.decode("latin-1") if len(request.body) <= LARGEST_REQUEST else ""
    headers, words = [list(pair) for pair in request.headers], list(request.words)
    files = [[at, content.decode("latin-1")] for at, content in request.files]
    number = number if request.kind == "route" else request.turn
    return {**asdict(request), "headers": headers, "body": body, "words": words, "files": files, "number": number}


def _add_other(sighting: Sighting, entry: Entry, number: int) -> None:
    """Keep a further request of the test where it has a field that none before it had."""
    if entry.request is None or sighting.request is None or len(sighting.others) >= MOST_REQUESTS:
        return
    known = set[str]().union(*(_fields(request_from(one)) for one in (sighting.request, *sighting.others)))
    arrived = _arrived(entry, number)
    if arrived is not None and (entry.request.is_call or not _fields(request_from(arrived)) <= known):
        sighting.others.append(arrived)


def _fields(request: Request) -> set[str]:
    """What a request has in it, as far as its names tell."""
    names = _FIELD.findall(request.query + "&" + request.body.decode("latin-1"))
    return {"".join(pair) for pair in names} | {name for name, _ in request.headers}


_FIELD = re.compile(r'(?:^|[&;])([^=&"<>{}]+)=|"([^"]+)"\s*:')
