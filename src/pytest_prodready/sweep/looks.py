"""Where what a request has stored may show: requests of the suite that read, asked for just that."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from typing import Any
from urllib.parse import unquote

from ..attacks.leaves import leaves
from ..payloads import FIRST
from ..trace import Attempt, Outcome, Request

#: Names of what an answer calls the thing by that was made.
NAMED = re.compile(r"(?:.*[_-])?(?:id|uuid|guid|slug|key|code|number|reference|ref|name)|.*[a-z](?:Id|Key|Code|Number)")
#: With a letter in it: what a name or a search is made of.
WORD = re.compile(r"\w*[^\W\d_]\w*")
#: Of one answer at most so many of them, none longer than this.
NAMES, LONGEST = 2, 64


@dataclass(frozen=True)
class Look:
    """A request that reads, and the path of its route, whose open segments say what."""

    request: Request
    pattern: str

    def wide(self, stored: str) -> Iterator[Request]:
        """The request as it is, and as a search: for a token of ours, and for a word beside it, which leaves a payload whole.

        Args:
            stored: what the test's own request stores in the place of a payload.
        """
        yield self.request
        word = WORD.search(stored)
        for leaf in leaves(self.request, self.pattern):
            if leaf.kind == "query" and WORD.search(leaf.value):
                yield leaf.put(FIRST)
                if word is not None and word[0] != leaf.value:
                    yield leaf.put(word[0])

    def narrow(self, usual: Request, pattern: str, attempt: Attempt) -> Iterator[Request]:
        """The request for that which the attempt has stored.

        Args:
            usual: the test's own request in the place of the attempt's.
            pattern: the path of its route.
        """
        sent = {leaf.name: leaf.value for leaf in leaves(attempt.request, pattern)}
        renamed = {
            leaf.value: sent[leaf.name]
            for leaf in leaves(usual, pattern)
            if leaf.name != attempt.leaf and sent.get(leaf.name, leaf.value) != leaf.value
        }
        opened = [leaf for leaf in leaves(self.request, self.pattern) if leaf.kind == "path"]
        for leaf in opened:
            if unquote(leaf.value) in renamed:
                yield leaf.put(renamed[unquote(leaf.value)])
        for name in _named(attempt.entry.outcome if attempt.entry is not None else None):
            if opened and opened[-1].value != name:
                yield opened[-1].put(name)

    def ways(self, usual: Request, pattern: str, attempt: Attempt) -> list[Request]:
        """All of them, each at the same place whatever the attempt."""
        stored = next((leaf.value for leaf in leaves(usual, pattern) if leaf.name == attempt.leaf), "")
        return [*self.wide(stored), *self.narrow(usual, pattern, attempt)]


def _named(outcome: Outcome | None) -> list[str]:
    """What an answer calls the thing by that was made: where it leads, or what its fields say."""
    if outcome is None or outcome.is_error:
        return []
    leads = next((value for name, value in outcome.headers if name.lower() == "location"), "")
    found = [leads.partition("?")[0].rstrip("/").rpartition("/")[2]]
    with suppress(ValueError):
        found += _fields(json.loads(outcome.body))
    return [name for name in dict.fromkeys(found) if 0 < len(name) <= LONGEST][:NAMES]


def _fields(document: Any) -> Iterator[str]:
    """The outer ones first."""
    inner = []
    for key, value in document.items() if isinstance(document, dict) else ():
        if isinstance(value, dict):
            inner.append(value)
        elif isinstance(value, int | str) and not isinstance(value, bool) and NAMED.fullmatch(str(key)):
            yield str(value)
    for one in inner:
        yield from _fields(one)
