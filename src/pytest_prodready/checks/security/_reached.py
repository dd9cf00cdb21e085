"""What the checks of injections share: the first attempt that got to a sink as code."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from ...trace import Attempt, Sink, Site
from ...verdicts import Objection


def biting(attempts: Sequence[Attempt], kinds: Iterable[str]) -> Iterator[tuple[Attempt, Sink, Site]]:
    """(attempt, sink, line of source) of the plainest attempt that bit, once for each line."""
    wanted, seen = frozenset(kinds), set[Site]()
    for attempt in attempts:
        for sink in attempt.sinks:
            site = sink.site or (attempt.entry.view if attempt.entry is not None else None)
            if sink.bites and sink.kind in wanted and site is not None and site not in seen:
                seen.add(site)
                yield attempt, sink, site


def marked(text: str, token: str) -> str:
    """The text with the word that the input has brought between » and «."""
    return re.sub(rf"[\w.-]*{re.escape(token)}[\w.-]*", lambda found: f"»{found[0]}«", text, flags=re.I)


def with_view(objection: Objection, sink: Sink) -> Iterator[Objection]:
    """The same at the function that answers, where another one built the answer: they are one finding."""
    yield objection
    if sink.view is not None and sink.view.function != objection.site.function:
        yield replace(objection, site=sink.view)
