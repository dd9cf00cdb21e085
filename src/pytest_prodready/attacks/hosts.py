"""Hosts: input that decides whom the application asks."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any
from urllib.parse import urlsplit

from ..payloads import HOST_WAYS, INTERNAL
from ..trace import Attempt, Call, Sink
from . import Attack, Leaf

#: What the name of any other host begins with.
OUTSIDE = "outside"
SCHEME = re.compile(r"https?://", re.I)


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    """An address inside; then, past a list of what is allowed, names that only look allowed."""
    if not SCHEME.match(leaf.value):
        for way in HOST_WAYS:
            yield f"{way}{INTERNAL}/{token}#"
        return
    given = urlsplit(leaf.value)
    scheme, rest = given.scheme, given.path + (f"?{given.query}" if given.query else "")
    yield f"{scheme}://{INTERNAL}/{token}{rest}"
    # whom it asks outside is its users' choice, where it keeps them from what is inside
    yield f"{scheme}://{OUTSIDE}{token}.invalid{rest}"
    if any(sink.kind == "http" for sink in made[-1].sinks):
        return
    yield f"{scheme}://{given.netloc}.{token}.invalid{rest}"
    yield f"{scheme}://{given.netloc}@{token}.invalid{rest}"
    yield f"{scheme}://{token}.invalid/{given.netloc}{rest}"
    if given.netloc.count(".") == 1:  # no sub-domain of it, but it ends like it
        yield f"{scheme}://{token}{given.netloc}{rest}"


def _call(call: Call, attempt: Attempt) -> Sink | None:
    if call.family != "http" or attempt.token not in call.statement:
        return None
    return _asked(call.statement, attempt, call)


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    if event == "urllib.Request" and attempt.token in str(args[0]):
        return _asked(str(args[0]), attempt, None)
    return None


def is_chosen(host: str, token: str) -> bool:
    """Whether input decided on this host where it must not: inside, or outside by a name that only looks allowed."""
    return host == INTERNAL or (token in host and not host.startswith(OUTSIDE))


def _asked(url: str, attempt: Attempt, call: Call | None) -> Sink:
    try:
        host = (urlsplit(url).hostname or "").lower()
    except ValueError:
        host = ""
    bites = is_chosen(host, attempt.token) and attempt.attack == "server-side-request-forgery"
    return Sink("http", url, bites, bites or host.endswith(".invalid"), host, call.site if call is not None else None)


ATTACKS = [
    Attack(
        "server-side-request-forgery",
        "input that decides which host the application asks",
        values=_values,
        touches=frozenset({"http"}),
        fits=lambda leaf: leaf.type == "str" and leaf.kind != "header",
        of_calls=lambda leaf: leaf.kind == "given",  # a caller chooses whom to ask
        calls=_call,
        events=_event,
    )
]
