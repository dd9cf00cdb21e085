"""Malicious input: which leaves of a request there are, what is put there, and what stops its effect.

An `Attack` makes requests from one that the suite sends. It is tried on each leaf that a harmless token, put there
first, was seen to get to a place where the attack could bite; or on the request as a whole.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from ..trace import Attempt, Call, Entry, Outcome, Request, Sink, Trace
from .leaves import Leaf

__all__ = ["Attack", "Leaf", "built_in", "header"]

MODULES = (
    "pytest_prodready.attacks.sql",
    "pytest_prodready.attacks.markup",
    "pytest_prodready.attacks.headers",
    "pytest_prodready.attacks.records",
    "pytest_prodready.attacks.origins",
    "pytest_prodready.attacks.files",
    "pytest_prodready.attacks.commands",
    "pytest_prodready.attacks.code",
    "pytest_prodready.attacks.templates",
    "pytest_prodready.attacks.pickles",
    "pytest_prodready.attacks.xml",
    "pytest_prodready.attacks.hosts",
    "pytest_prodready.attacks.malformed",
    "pytest_prodready.attacks.credentials",
)

#: (leaf, token, what was made so far with this attack) -> values to put there, plainest first: the first that proves is shown. In
#: each attempt another token stands in the place of that one.
Values = Callable[[Leaf, str, Sequence[Attempt]], Iterator[Any]]
#: (request, token, what was made so far with this attack) -> (what it is, the request to make).
Requests = Callable[[Request, str, Sequence[Attempt]], Iterator[tuple[str, Request]]]


@dataclass(frozen=True)
class Attack:
    """A named kind of malicious input.

    The three detectors look at the probe too, whose token is harmless: what they find there tells where input gets to.

    Attributes:
        name: fixed by DESIGN section 5; that of the check that judges it.
        summary: one line for people.
        values: what is put into a leaf; None for an attack on the request as a whole.
        requests: the requests of an attack on the request as a whole.
        touches: kinds of sinks at least one of which the harmless token must have reached; empty for always.
        unasked: whether it is tried though the token touched nothing: a value of a form that a token destroys (an archive).
        spared: kinds of sinks that tell that the token has got where it may be: then it is not tried.
        fits: whether a leaf is worth it, where that can be told without asking.
        of_commands: whether it is tried on this leaf of a command: whoever runs one is no stranger.
        of_calls: whether it is tried on this argument of a function that the test calls: whoever calls it may mean what he gives.
        calls: looks at a call of a seam before it is made; a sink that `stops` keeps it from being made.
        events: looks at an audit event of the interpreter before it happens, likewise.
        answers: looks at what a request did once it was answered.
        later: looks at what was answered afterwards, where it may show what was stored.
        shrinks: parts of its values may be left out: what is left means the same, or nothing; else its first value that proves is the plainest.
        builds: what bites is an answer, and which function of source built it is asked by making the request again.
    """

    name: str
    summary: str
    values: Values | None = None
    requests: Requests | None = None
    touches: frozenset[str] = frozenset()
    spared: frozenset[str] = frozenset()
    unasked: Callable[[Leaf], bool] = lambda leaf: False
    fits: Callable[[Leaf], bool] = lambda leaf: True
    of_commands: Callable[[Leaf], bool] = lambda leaf: False
    of_calls: Callable[[Leaf], bool] = lambda leaf: False
    calls: Callable[[Call, Attempt], Sink | None] = lambda call, attempt: None
    events: Callable[[str, tuple[Any, ...], Attempt], Sink | None] = lambda event, args, attempt: None
    answers: Callable[[Attempt, Trace], Iterable[Sink]] = lambda attempt, trace: ()
    later: Callable[[Attempt, Entry], Iterable[Sink]] = lambda attempt, entry: ()
    shrinks: bool = False
    builds: bool = False


def header(outcome: Outcome, name: str) -> str:
    """The first header of that name of an answer, or an empty text."""
    return next((value for known, value in outcome.headers if known.lower() == name), "")


def built_in() -> list[Attack]:
    """The attacks that come with the plugin."""
    return [attack for name in MODULES for attack in import_module(name).ATTACKS]
