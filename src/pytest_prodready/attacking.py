"""What the `attack_client` fixture gives: a test client whose requests are made again with every attack."""

from __future__ import annotations

import contextlib
import functools
import inspect
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from .observation import observe
from .report.terminal import story
from .seams import hub
from .settings import matches
from .sweep.clock import VirtualClock
from .sweep.guard import SocketGuard
from .sweep.plainest import Search, searches
from .sweep.plan import Plan, SiegePlan
from .sweep.run import DEADLINE
from .sweep.siege import Siege
from .sweep.sweeper import ATTEMPTS
from .trace import Entry, Trace
from .verdicts import ERROR, Objection

if TYPE_CHECKING:
    from .session import Session

#: Methods of clients that make a request.
ASKING = frozenset({"get", "post", "put", "patch", "delete", "head", "options", "request", "open", "generic"})
NO_REQUEST = "attack_client: no request came to the application; it attacks what a test client drives in this process"


class AttackClient:
    """Wraps a client of the user's.

    Args:
        session: the plugin's.
        test: node id of the test.
    """

    def __init__(self, session: Session, test: str) -> None:
        self._session, self._test = session, test

    def __call__(self, client: Any, *, select: Sequence[str] = (), ignore: Sequence[str] = ()) -> Any:
        """A client like `client`, each of whose requests is made as it is, and again with every attack on every leaf.

        Args:
            client: of Flask, Django, Starlette, FastAPI or httpx.
            select: only these attacks (globs); `ignore`: not these.

        Raises:
            ValueError: for a name that is no attack's.
        """
        wanted = self._session.selection.attacks
        for pattern in (*select, *ignore):
            if not matches((attack.name for attack in self._session.registries.attacks), [pattern]):
                names = ", ".join(attack.name for attack in self._session.registries.attacks)
                raise ValueError(f"no attack is called {pattern!r}; there are {names}")
        chosen = [a for a in wanted if (not select or matches([a.name], select)) and not matches([a.name], ignore)]
        return Attacked(client, lambda: self._requests([attack.name for attack in chosen]))

    def _requests(self, names: list[str]) -> Iterator[contextlib.AbstractContextManager[None]]:
        """A context for each request that the client is to make: the first as it is, then one for each leaf."""
        trace, session = hub.trace, self._session
        assert trace is not None
        clock = VirtualClock(lambda filename: session.sources.classify(filename)[0] == "source")
        guard = SocketGuard(session.settings.allow_hosts)
        first = len(trace.entries)
        yield _as_in_production(clock, guard)
        entry = next((one for one in trace.entries[first:] if one.request is not None and one.view is not None), None)
        if entry is None:
            pytest.fail(NO_REQUEST, pytrace=False)
        attacks = [attack for attack in session.registries.attacks if attack.name in names]
        faults, depth = session.registries.faults, session.settings.depth
        plan = Plan([observe(_only(trace, entry))], faults, depth, lambda test, name: True, lambda word: True)
        found: list[Objection] = []
        for planned in plan.sieges(attacks):

            def besieged(search: Search | None, planned: SiegePlan = planned) -> Iterator[Any]:
                number = sum(one.kind == "route" for one in trace.entries)
                siege = Siege(
                    replace(planned, number=number), session.registries.attacks, faults, clock,
                    session.settings.deadline or DEADLINE, ATTEMPTS[depth], search=search,
                )  # fmt: skip
                trace.attempts = []
                yield _as_in_production(clock, guard, siege)
                siege.finish(trace)

            yield from besieged(None)
            judge, seed = session.judging.attack, session.settings.seed
            held = {spec: objections for spec in planned.specs if (objections := judge(spec, trace))}
            further = [one for spec in held for one in searches(judge, spec, trace, session.registries.attacks, seed)]
            for search in further:
                if isinstance(search, Search):
                    yield from besieged(search)
                    held[search.spec] = search.shown_by_best(held[search.spec], trace)
            found += [objection for objections in held.values() for objection in objections]
        self._judge(found)

    def _judge(self, found: list[Objection]) -> None:
        """Fail the test where there is anything that nobody has waived."""
        shown = self._session.judging.findings((), found, self._session.decisions.read())
        errors = [finding for finding in shown if finding.level == ERROR and not finding.waived]
        if errors:
            told = ["\n".join(line for line in story(one) if not line.startswith("  again:")) for one in errors]
            pytest.fail("\n\n".join(["attack_client: the application did not cope", *told]), pytrace=False)


class Attacked:
    """A client whose requests are made with attacks too; everything else is the client's own.

    Args:
        client: the user's.
        requests: begins the requests of one call: a context for each.
    """

    def __init__(self, client: Any, requests: Any) -> None:
        self._client, self._requests = client, requests

    def __getattr__(self, name: str) -> Any:
        method = getattr(self._client, name)
        if name not in ASKING or not callable(method):
            return method

        @functools.wraps(method)
        def ask(*args: Any, **kwargs: Any) -> Any:
            answers = []
            for context in self._requests():
                with context:
                    answers.append(method(*args, **kwargs))
            return answers[0]

        @functools.wraps(method)
        async def ask_async(*args: Any, **kwargs: Any) -> Any:
            answers = []
            for context in self._requests():
                with context:
                    answers.append(await method(*args, **kwargs))
            return answers[0]

        return ask_async if inspect.iscoroutinefunction(method) else ask


@contextlib.contextmanager
def _as_in_production(clock: VirtualClock, guard: SocketGuard, siege: Siege | None = None) -> Iterator[None]:
    """The application answers as in production, in virtual time, and reaches loopback only; before its request come attacked ones."""
    before = hub.production
    hub.production = True
    if siege is not None:
        hub.siege = siege
    try:
        with clock.running(), guard.active():
            yield
    finally:
        hub.production, hub.siege = before, lambda request: ()


def _only(trace: Trace, entry: Entry) -> Trace:
    """A trace in which nothing happened but this entry."""
    calls = [call for call in trace.calls if call.entry is entry and call.kind == "receive"]
    return Trace(trace.test, "call", calls, [entry], passed=True)
