"""It is tried again too often, too soon, or in vain."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from ...trace import Call
from ...verdicts import ERROR, WARNING, Objection
from .. import Check, View, address_of, unit_of

#: More attempts than these are too many; so many at once are too soon.
MOST, AT_ONCE = 5, 3
#: What a server answers for good: the same request will be refused again.
FOR_GOOD = frozenset({400, 401, 403, 404, 422})
#: Faults in which the server says when to come again.
SAYS_WHEN = frozenset({"http.unavailable", "http.rate-limited"})
#: Attempts that clients make by default, at once: nobody has decided on them.
BY_DEFAULT = 4
#: Seconds from which on a steady interval is that of a poll.
POLLING = 2.0
#: Headers that make a request another one.
CREDENTIALS = ("authorization", "cookie", "x-api-key")


class RetryStorm(Check):
    name = "retry-storm"
    pillar = "errors"
    cwe = 799
    of_lasting = True
    summary = "more than 5 attempts, or 3 without any back-off, or a retry of a reply that will never change"
    why = "A service in trouble gets many times its load from those who wait for it, and cannot come up again."
    fix = (
        "Try three times at most, wait longer each time (tenacity's `wait_exponential_jitter`, `backoff_factor` of "
        "`urllib3.Retry`), in one layer only, and never after 400, 401, 403, 404 or 422."
    )
    bad = """for attempt in range(10):
    try:
        return fetch()
    except requests.RequestException:
        continue"""
    good = """for pause in (1, 4, None):
    try:
        return fetch()
    except requests.ConnectionError as exc:
        if pause is None:
            raise Unavailable("tried three times") from exc
        time.sleep(pause)"""

    def judge(self, view: View) -> Iterator[Objection]:
        usual = unit_of(view.control, view.control_entry) if view.control_entry is not None else []
        made, usual = self.of_one_kind(view, usual)
        attempts = [c for c in made if c is view.call or c.error is not None or (c.status or 0) >= 400]
        if self.polls(view, usual):
            return
        wanted = max(1, len(usual))
        tries = sum(self.sent(view, call) for call in attempts) // wanted
        refusal = self.refused_for_good(view, made[: len(made) - wanted + 1])
        paced = self.paced(view, made)
        level = ERROR
        if tries > self.most(attempts):
            how = f"was tried {tries} times" if not view.trace.ended else "was tried again and again, without an end"
            level = WARNING if paced and (view.entry.kind == "task" or self.steady(view, attempts)) else ERROR
        elif self.at_once(view, attempts) >= AT_ONCE * wanted:
            how = f"was tried {tries} times with no wait in between"
        elif self.at_once(view, attempts, pauses=False) >= AT_ONCE * wanted:
            how, level = (
                f"was tried {tries} times with pauses of 0 s in between",
                WARNING,
            )  # or the test has made them so short
        elif refusal is not None:
            how = f"was made again after {refusal}, which will not change"
            level = WARNING if paced else ERROR
        else:
            return
        call = view.call
        assert call.site is not None
        yield self.against(
            call, f"{call.operation} {how}", "retry", f"{call.site.function} in {call.site.file}", level,
            attempts=tries if not view.trace.ended else None, waits=[s.seconds for s in view.trace.sleeps][:MOST],
            entry=view.entry.label,
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def of_one_kind(view: View, usual: list[Call]) -> tuple[list[Call], list[Call]]:
        """Calls like the one that was struck, from it on; where a loop makes several of them, those of one item."""
        call = view.call

        def alike(calls: list[Call], closely: bool) -> list[Call]:
            return [
                c
                for c in calls
                if (c.operation, address_of(c)) == (call.operation, address_of(call))
                and (not closely or _content(c) == _content(call))
            ]

        closely = len(alike(usual, False)) > 1
        ours = [c for c in unit_of(view.trace, view.entry) if c.number >= call.number]
        return alike(ours, closely), alike(usual, closely)

    @staticmethod
    def polls(view: View, usual: list[Call]) -> bool:
        """It asks and waits in the ordinary run too: that is no retry."""
        return len(usual) > 1 and any(
            not sleep.within and usual[0].number < sleep.after <= usual[-1].number for sleep in view.control.sleeps
        )

    @staticmethod
    def sent(view: View, call: Call) -> int:
        """How often a call was sent: what clients repeat by default, at once or when the server says, nobody has decided."""
        waited = call.faulted not in SAYS_WHEN and any(
            sleep.within and sleep.after == call.number + 1 for sleep in view.trace.sleeps
        )
        return call.tries if waited or call.tries > BY_DEFAULT else min(1, call.tries)

    @staticmethod
    def most(attempts: list[Call]) -> int:
        """Of a client's own policy the first attempt is no retry: `Retry(total=5)` makes six."""
        return MOST + (len(attempts) == 1)

    @staticmethod
    def paced(view: View, made: list[Call]) -> bool:
        """There is a wait before each attempt: whoever waits for it loses time, the server is spared."""
        return all(_waits(view, before, after) for before, after in pairwise(made)) or view.trace.unpaced

    @staticmethod
    def steady(view: View, attempts: list[Call]) -> bool:
        """It asks every few seconds until something is ready: that is how one polls, and it costs the server little."""
        waits = {sum(_waits(view, before, after)) for before, after in pairwise(attempts)}
        return len(waits) == 1 and waits.pop() >= POLLING

    @staticmethod
    def at_once(view: View, attempts: list[Call], pauses: bool = True) -> int:
        """How many attempts followed one another with no wait; where the test took the waits away, nobody can tell.

        Args:
            pauses: a wait of no length is one.
        """
        if view.trace.unpaced:
            return 0
        longest = run = min(1, len(attempts))
        for before, after in pairwise(attempts):
            waits = _waits(view, before, after)
            run = 1 if any(waits) or (waits and pauses) else run + 1
            longest = max(longest, run)
        return longest

    @staticmethod
    def refused_for_good(view: View, made: list[Call]) -> int | None:
        """The status after which the same request was made again, with nothing renewed in between."""
        for before, after in pairwise(made):
            if before.status not in FOR_GOOD or after.tries == 0:  # none: a client's own authentication
                continue
            renewed = any(
                before.number < c.number < after.number and c.error is None and c.operation != before.operation
                for c in unit_of(view.trace, view.entry)
            )
            if not renewed and all(before.headers.get(n) == after.headers.get(n) for n in CREDENTIALS):
                return before.status
        return None


def _waits(view: View, before: Call, after: Call) -> list[float]:
    """Seconds that were waited between two calls."""
    return [s.seconds for s in view.trace.sleeps if not s.within and before.number < s.after <= after.number]


def _content(call: Call) -> tuple[object, object, object]:
    return call.parameters, call.payload, call.body
