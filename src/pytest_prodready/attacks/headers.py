"""Headers of answers: where they send the user, and what ends them."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from urllib.parse import urljoin, urlsplit

from ..payloads import HEADERS, TARGETS, filled
from ..trace import Attempt, Entry, Outcome, Sink, Trace
from . import Attack, Leaf, header

#: What another site can put into a request of the user's: a link or a form, but no cookie.
LINKED = frozenset({"path", "query", "form", "json"})
REFRESH = re.compile(r"""<meta[^>]+http-equiv\s*=\s*["']?refresh[^>]*url\s*=\s*([^"'>\s]+)""", re.I)


def _targets(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    plain = [filled(target, token) for target in TARGETS]
    yield from plain[:3]
    host, own = f"{token}.invalid", urlsplit(leaf.value)
    if own.netloc:
        yield f"{own.scheme or 'https'}://{own.netloc}.{host}/"
        yield f"{own.scheme or 'https'}://{own.netloc}@{host}/"
        yield f"https://{host}/{leaf.value}"
    yield from plain[3:]


def _redirects(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    return _leads(attempt, attempt.entry) if attempt.entry is not None else ()


def _leads(attempt: Attempt, entry: Entry) -> Iterable[Sink]:
    """Input decides where an answer leads: to its own request, or to a later one where it was stored."""
    for target in targets(entry.outcome) if entry.outcome is not None else ():
        if attempt.token in target.lower():
            bites = attempt.attack == "open-redirect" and host_of(target, attempt).endswith(f"{attempt.token}.invalid")
            yield Sink("redirect", target, bites, False, target if bites else "", entry.view)


def targets(outcome: Outcome) -> Iterator[str]:
    """Where an answer sends the browser."""
    if outcome.status is not None and 300 <= outcome.status < 400:
        yield header(outcome, "location")
    refresh = header(outcome, "refresh")
    if refresh:
        yield re.sub(r"^[^=]*?url\s*=\s*", "", refresh, flags=re.I).strip("'\" ")
    if "http-equiv" in outcome.body.lower():
        yield from REFRESH.findall(outcome.body)


def host_of(target: str, attempt: Attempt) -> str:
    """The host to which a browser would go."""
    url = re.sub(r"[\t\r\n]", "", target.strip("\x00\x01\x02\x03 \t\r\n\x0b\x0c\x1f")).replace("\\", "/")
    url = re.sub(r"^(https?:)?/{2,}", r"\1//", url, flags=re.I)
    url = re.sub(r"^https:(?!/)", "https://", url, flags=re.I)
    try:
        return urlsplit(urljoin(f"http://{attempt.request.header('host') or 'localhost'}/", url)).hostname or ""
    except ValueError:
        return ""


def _endings(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    for payload in HEADERS:
        yield leaf.around(filled(payload, token))


def _sent(attempt: Attempt, trace: Trace) -> Iterable[Sink]:
    entry = attempt.entry
    for name, value in entry.outcome.headers if entry is not None and entry.outcome is not None else ():
        if attempt.token in value.lower() or attempt.token in name.lower():
            ended = attempt.attack == "header-injection" and ends(name, value, attempt.token)
            assert entry is not None
            yield Sink("header", f"{name}: {value}", ended, False, f"{name}: {value!r}" if ended else "", entry.view)


def ends(name: str, value: str, token: str) -> bool:
    """Whether the token has become a header of its own."""
    return token in name.lower() or re.search(rf"[\r\n](?:x-)?{token}", value, re.I) is not None


ATTACKS = [
    Attack(
        "open-redirect",
        "input that decides to which host a redirect goes",
        values=_targets,
        touches=frozenset({"redirect"}),
        fits=lambda leaf: leaf.kind in LINKED,
        answers=_redirects,
        later=_leads,
        builds=True,
    ),
    Attack(
        "header-injection",
        "input that ends a header of the answer and begins one of its own",
        values=_endings,
        touches=frozenset({"header"}),
        fits=lambda leaf: leaf.kind in LINKED or leaf.kind == "cookie",
        answers=_sent,
        builds=True,
        shrinks=True,
    ),
]
