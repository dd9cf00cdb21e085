"""Attack one leaf of one request of a test: the attacked requests are made right before the original one."""

from __future__ import annotations

import errno
import os
import sys
import threading
from collections.abc import Callable, Generator, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import replace
from itertools import islice
from types import CodeType, FrameType, MappingProxyType
from typing import Any

from ..attacks import Attack, Leaf
from ..attacks.leaves import leaves
from ..faults import DatabaseDriver, Faults, Strike
from ..payloads import HELD, TOKEN, filled
from ..raised import TrialEnded
from ..seams import audit, hub
from ..seams.logs import let_go
from ..trace import SAFE_METHODS, Attempt, Call, Entry, Request, Sink, Site, Trace
from .built import Builders
from .clock import VirtualClock
from .fresh import freshened
from .guard import deadline
from .kept import Kept
from .plainest import Search, template_of, token_for
from .plan import WHOLE, SiegePlan

#: By attack what stood in a leaf, with a mark in the place of the token.
Stored = Mapping[str, Sequence[str]]
#: After one attack at most so many requests ask for what just one of its attempts has stored.
NARROW = 16
#: What runs when a double is called.
MOCK = os.path.join("unittest", "mock.py")


#: Token -> who sent it, in which siege: it may come back long after.
_sent: dict[str, list[tuple[Siege, Attempt]]] = {}
#: What each thread looks at just now.
_looking = threading.local()


class Stopped(PermissionError):
    """Input of ours got to a place where it would have had an effect."""


class Siege:
    """The attacked requests of one run.

    Args:
        plan: what is attacked, and by what.
        attacks: all there are: their detectors look at every request.
        faults: gives the form in which a call fails that is stopped.
        clock: virtual time.
        seconds: of real time that one request may take.
        most: attempts of one attack.
        stored: inputs that proved something in an earlier run, by attack.
        search: nothing is attacked but what this has found, and with plainer inputs.
        known: kinds of sinks that a harmless token is known to get to, though not in the request itself.
    """

    def __init__(
        self,
        plan: SiegePlan,
        attacks: Sequence[Attack],
        faults: Faults,
        clock: VirtualClock,
        seconds: float,
        most: int,
        stored: Stored = MappingProxyType({}),
        search: Search | None = None,
        known: frozenset[str] = frozenset(),
    ) -> None:
        self._number, self.pattern, self._leaf, self._looks = plan.number, plan.pattern, plan.leaf, plan.looks
        wanted = {spec.fault for spec in plan.specs}
        self._attacks = [attack for attack in attacks if attack.name in wanted]
        self._kind, self._entry = plan.kind, plan.specs[0].point.entry
        self._everything, self._faults, self._clock = attacks, faults, clock
        self._seconds, self._most = seconds, most
        self._stored, self._search = stored, search
        self.of_calls = plan.kind == "call"
        self.reached = False  # the request that is attacked was made
        self.overdue = ""  # why no further one is made
        self.ends_run = False  # with the attacks: nothing is asked of the test itself
        self._kept = Kept()
        self._known = self._tried = known
        self.came_back: set[str] = set()  # where a harmless token turned up in a later request of the test
        self._built: list[tuple[Attempt, Entry, list[Site]]] = []

    def __call__(self, request: Request) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        """(context, request) of each attacked request, in order; the run ends after one that did not come back.

        Raises TrialEnded then, in a run of our own: what it has left behind, such as a lock, might hold up the test's own request.
        """
        for context, attacked in self._requests(request):
            yield context, attacked
            if self.overdue and self.ends_run and hub.trace is not None:
                hub.trace.end(self.overdue)
                raise TrialEnded(self.overdue)
            if self.overdue:
                return

    def _requests(self, request: Request) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        trace = hub.trace
        if trace is None or trace.phase != "call" or self.reached or request.kind != self._kind:
            return
        if self._number != (self._routes(trace) if request.kind == "route" else request.turn):
            return
        if request.is_call and request.path != self.pattern:
            return
        self.reached = self._leaf == WHOLE
        if self.reached:
            for attack in self._attacks:
                yield from self._whole(trace, attack, request)
            return
        found = next((leaf for leaf in leaves(request, self.pattern) if leaf.name == self._leaf), None)
        if found is None:
            return
        self.reached = True
        leaf, touched = found, set(self._known)
        for leaf in found.placed():
            token = self._token(trace)
            seen_now = len(touched)
            probe = Attempt("", leaf.name, leaf.around(token), token, leaf.put(leaf.around(token)))
            yield self._made(trace, probe), probe.request
            touched |= {sink.kind for sink in probe.sinks}
            if len(touched) > seen_now or not _is_error(probe):
                break
        stored = "store" in touched
        if request.method not in SAFE_METHODS and _wrote(trace, probe):
            leaf = yield from self._repeatable(trace, leaf, request)
        back = set[str]()
        if request.method not in SAFE_METHODS and not _is_error(probe) and (stored or self._stores):
            back = yield from self._coming_back(trace, request, probe)
            touched |= back
            stored = stored or "store" in back  # where no statement tells of it
        self._tried = frozenset(touched)
        if self._search is not None:
            yield from self._plainest(trace, self._search, leaf, request)
            return
        for attack in self._attacks:
            if attack.spared & touched and not attack.unasked(leaf):
                continue
            if attack.fits(leaf) and (not attack.touches or attack.touches & touched or attack.unasked(leaf)):
                number = len(trace.attempts)
                yield from self._on_leaf(trace, attack, leaf)
                made = trace.attempts[number:]
                shown = "store" in attack.touches and (stored or any(_wrote(trace, one) for one in made))
                if shown or attack.touches & back:
                    yield from self._look(trace, request, leaf.value, made)  # before another attack is stored over it

    @property
    def _stores(self) -> bool:
        return any("store" in attack.touches for attack in self._attacks)

    def _coming_back(
        self, trace: Trace, request: Request, probe: Attempt
    ) -> Generator[tuple[AbstractContextManager[None], Request], None, set[str]]:
        """Where the harmless token turns up in requests that read: in an answer, a redirect, the name of a file."""
        found, known = set[str](), len(probe.sinks)
        for asked in self._ways(request, probe):
            seen = self._asking(asked, request)
            yield self._made(trace, seen), seen.request
            if seen.entry is not None and seen.entry.outcome is not None:
                found |= {"store"} if probe.token in seen.entry.outcome.body else set()
                found |= {sink.kind for attack in self._attacks for sink in attack.later(probe, seen.entry)}
        return found | {sink.kind for sink in probe.sinks[known:]}

    def _repeatable(
        self, trace: Trace, leaf: Leaf, request: Request
    ) -> Generator[tuple[AbstractContextManager[None], Request], None, Leaf]:
        """The leaf, with another one that is new each time where the request cannot be made twice otherwise."""
        first = 100 + int(self._token(trace)[2:], 16) % 900
        for one in (leaf, *freshened(leaf, request, self.pattern, first)):
            token = self._token(trace)
            again = Attempt("", leaf.name, one.around(token), token, one.put(one.around(token)))
            yield self._made(trace, again), again.request
            if not _is_error(again) and _wrote(trace, again):
                return one
        return leaf

    def _ways(self, request: Request, attempt: Attempt) -> Iterator[Request]:
        for look in self._looks:
            yield from look.ways(request, self.pattern, attempt)

    def _look(
        self, trace: Trace, request: Request, usual: str, attempts: Sequence[Attempt]
    ) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        """What was stored may show elsewhere: to who reads everything, and to who reads just that."""
        narrow = (
            asked
            for attempt in attempts
            if attempt.attack and not _is_error(attempt)
            for look in self._looks
            for asked in look.narrow(request, self.pattern, attempt)
        )
        for plain in (*(one for look in self._looks for one in look.wide(usual)), *islice(narrow, NARROW)):
            seen = self._asking(plain, request)
            asked = seen.request
            yield self._made(trace, seen), asked
            shown = [
                attempt
                for attack in self._attacks
                for attempt in trace.attempts
                if attempt.attack == attack.name and attack.builds and self._shows(attack, attempt, seen.entry)
            ]
            if shown:
                yield self._built_by(trace, shown, seen), asked

    @staticmethod
    def _asking(look: Request, request: Request) -> Attempt:
        """A request that reads, by whoever made the other one."""
        headers = tuple((name, value) for name, value in request.headers if not name.startswith("content-"))
        return Attempt("", "", f"{look.method} {look.path}", "", replace(look, headers=headers))

    @staticmethod
    def _shows(attack: Attack, attempt: Attempt, entry: Entry | None) -> bool:
        return entry is not None and any(sink.bites for sink in attack.later(attempt, entry))

    @contextmanager
    def _built_by(self, trace: Trace, attempts: list[Attempt], shown: Attempt) -> Iterator[None]:
        """The request once more: which function of source built the answer?"""
        builders, entry = Builders(attempts), shown.entry
        again = replace(shown, leaf="", entry=None, sinks=[])
        with self._made(trace, again), builders.watching():
            yield
        trace.attempts.remove(again)
        if entry is None or not builders.sites:
            return
        for sink in shown.sinks:
            if sink.bites:
                sink.view, sink.site = sink.site, builders.sites[0]
        self._built.append((shown, entry, builders.sites))

    def finish(self, trace: Trace) -> None:
        """Look at all that was answered after the attacked requests, and bring back what they wrote over."""
        self._kept.restore()
        trace.struck = None  # of its own calls at most such as stored input was in
        for token in {attempt.token for attempt in trace.attempts if attempt.token}:
            _sent[token] = [(self, replace(one, entry=None, sinks=[])) for _, one in _sent.get(token, ())]
        answered = [attempt.entry for attempt in trace.attempts if not attempt.leaf and attempt.entry is not None]
        ended = max((attempt.calls[1] for attempt in trace.attempts if attempt.attack), default=0)
        for attack in self._everything:
            for attempt in (one for one in trace.attempts if one.attack == attack.name):
                for entry in (*answered, *trace.entries):
                    attempt.sinks.extend(self._with_builder(sink, entry) for sink in attack.later(attempt, entry))
                for call in trace.calls[ended:]:  # what was stored may end in a statement
                    sink = attack.calls(call, attempt) if attempt.token in call.statement else None
                    attempt.sinks.extend([sink] if sink is not None else [])
                if any(sink.bites for sink in attempt.sinks):
                    break  # the plainest

    def _with_builder(self, sink: Sink, entry: Entry) -> Sink:
        sites = next((s for _, e, s in self._built if e is entry or e.view == entry.view is not None), None)
        return replace(sink, view=sink.site, site=sites[0]) if sink.bites and sites else sink

    @staticmethod
    def _routes(trace: Trace) -> int:
        return sum(entry.kind == "route" for entry in trace.entries)

    def _on_leaf(
        self, trace: Trace, attack: Attack, leaf: Leaf
    ) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        assert attack.values is not None
        for template in self._stored.get(attack.name, ()):
            attempt = self._filled(trace, attack, leaf, template)
            yield self._made(trace, attempt), attempt.request
            yield from self._ask_builder(trace, attack, attempt)
        token, made = self._token(trace), list[Attempt]()
        for value in attack.values(leaf, token, made):
            if len(made) >= self._most:
                return
            attempt = self._attempt(trace, attack, leaf, value, token)
            made.append(attempt)
            yield self._made(trace, attempt), attempt.request
            yield from self._ask_builder(trace, attack, attempt)
            if any(sink.bites for sink in attempt.sinks):
                return

    def _attempt(self, trace: Trace, attack: Attack, leaf: Leaf, value: Any, token: str) -> Attempt:
        if isinstance(value, str) and token in value and TOKEN not in value:
            return self._filled(trace, attack, leaf, value.replace(token, TOKEN))
        text = value if isinstance(value, str) else repr(value)
        return Attempt(attack.name, leaf.name, text, token, leaf.put(value), isinstance(value, str))

    def _ask_builder(
        self, trace: Trace, attack: Attack, attempt: Attempt
    ) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        if attack.builds and any(sink.bites for sink in attempt.sinks):
            yield self._built_by(trace, [attempt], attempt), attempt.request

    def _filled(self, trace: Trace, attack: Attack, leaf: Leaf, template: str) -> Attempt:
        """An input with a token that is its own, whenever it is tried: what others left behind proves nothing of it."""
        token = token_for(trace.test, self._entry, leaf.name, attack.name, template)
        text = filled(template, token)
        return Attempt(attack.name, leaf.name, text, token, leaf.put(text))

    def _plainest(
        self, trace: Trace, search: Search, leaf: Leaf, request: Request
    ) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        """What was found once more, and plainer inputs in its place, as long as they prove the same."""
        attack = next(one for one in self._everything if one.name == search.found.attack)
        attempt = best = self._filled(trace, attack, leaf, template_of(search.found))
        yield self._made(trace, attempt), attempt.request
        proven, way = search.keys(trace, attempt), -1
        if not proven:  # then it shows where it was stored
            for number, asked in enumerate(self._ways(request, attempt)):
                yield from self._seen_in(trace, attack, attempt, asked)
                proven = search.keys(trace, attempt)
                if proven:
                    way = number
                    break
        if proven:
            search.best, candidates = template_of(best), search.plainer(leaf.value)
            template = next(candidates, None)
            while template is not None:
                attempt = self._filled(trace, attack, leaf, template)
                yield self._made(trace, attempt), attempt.request
                for asked in list(self._ways(request, attempt))[way : way + 1] if way >= 0 else ():
                    yield from self._seen_in(trace, attack, attempt, asked)
                proves = proven <= search.keys(trace, attempt)
                if proves and len(template) < len(search.best):
                    best, search.best = attempt, template
                try:
                    template = candidates.send(proves)
                except StopIteration:
                    template = None
        trace.attempts = [one for one in trace.attempts if not one.attack] + [best]
        yield from self._ask_builder(trace, attack, best)
        if way >= 0:
            yield from self._look(trace, request, leaf.value, [best])

    def _seen_in(
        self, trace: Trace, attack: Attack, attempt: Attempt, asked: Request
    ) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        """What was stored is shown there."""
        seen = self._asking(asked, attempt.request)
        yield self._made(trace, seen), seen.request
        if seen.entry is not None:
            attempt.sinks.extend(attack.later(attempt, seen.entry))

    def _whole(
        self, trace: Trace, attack: Attack, request: Request
    ) -> Iterator[tuple[AbstractContextManager[None], Request]]:
        assert attack.requests is not None
        token, made = self._token(trace), list[Attempt]()
        for what, changed in attack.requests(request, token, made):
            attempt = Attempt(attack.name, WHOLE, what, token, changed)
            made.append(attempt)
            yield self._made(trace, attempt), changed
            if any(sink.bites for sink in attempt.sinks):
                if attack.builds:
                    yield self._built_by(trace, [attempt], attempt), changed
                return

    def _token(self, trace: Trace) -> str:
        return token_for(trace.test, self._entry, self._leaf, len(trace.attempts))

    # --------------------------------------------------------------------------------------------- one request
    @contextmanager
    def _made(self, trace: Trace, attempt: Attempt) -> Iterator[None]:
        """What the request does is seen, and stopped where it would have an effect."""
        let_go()
        trace.attempts.append(attempt)
        phase, trace.phase = trace.phase, "again"
        hub.guard = self._watching(attempt)
        entries, calls, logs = len(trace.again), len(trace.calls), len(trace.logs)
        before = audit.listen(lambda event, args: self._audited(attempt, event, args))
        audit.afterwards(_returned)
        if attempt.token:
            _sent.setdefault(attempt.token, []).append((self, attempt))
        folder, environ = os.getcwd(), dict(os.environ)
        try:
            later = self._clock.later(attempt.request.later)
            with later, _noting(attempt), deadline(self._seconds, lambda: trace.end("took too long")):
                yield
        except TrialEnded as ended:
            attempt.ended = self.overdue = str(ended)
        except Exception:
            pass  # the entry has it
        finally:
            audit.listen(before)
            if os.environ != environ:
                os.environ.clear()
                os.environ.update(environ)
            os.chdir(folder)
            hub.guard, trace.phase, trace.stuck = None, phase, None
            attempt.calls, attempt.logs = (calls, len(trace.calls)), (logs, len(trace.logs))
            attempt.entry = trace.again[entries] if len(trace.again) > entries else None
            self._answered(trace, attempt)

    def _watching(self, attempt: Attempt) -> Callable[[Call, Any], Strike | None]:
        def watch(call: Call, live: Any) -> Strike | None:
            for attack, one in self._looking(attempt, call):
                sink = attack.calls(call, one)
                if sink is not None:
                    one.sinks.append(sink)
                    if sink.stops:
                        return self._refused(call, live)
            return None

        return watch

    def _looking(self, attempt: Attempt, call: Call) -> Iterator[tuple[Attack, Attempt]]:
        """Whose input the call may have in it: that of this request; where it has none, that of those which stored theirs."""
        if attempt.token:
            yield from ((attack, attempt) for attack in self._everything)
        elif hub.trace is not None:
            for one in hub.trace.attempts:
                if one.attack and one.token in call.statement:
                    yield from ((attack, one) for attack in self._attacks if attack.name == one.attack)

    def _refused(self, call: Call, live: Any) -> Strike | None:
        """The call as it fails: a statement as one with an error in its syntax, a request as one to nobody."""
        driver = self._faults.driver(call.seam)
        if driver is None:
            return None
        if isinstance(driver, DatabaseDriver):
            error = driver.syntax_error(call.statement)
            return Strike(lambda _: hub.raise_injected(error))
        return driver.strike(self._faults.by_name["http.connection-refused"], "", call, live, self._clock)

    def _audited(self, attempt: Attempt, event: str, args: tuple[Any, ...]) -> str:
        """Look at an event before it happens.

        Returns:
            the file that stands for the one that is asked about, if any.
        """
        if getattr(_looking, "at", None) is not None:
            return ""
        _looking.at = event
        try:
            if not attempt.token:  # a request that only asks may find what others have stored
                attempt = next((sender for _, sender in _senders(args)), attempt)
            for attack in self._everything if attempt.token else ():
                sink = attack.events(event, args, attempt)
                if sink is not None:
                    sink.site = sink.site or hub.here()
                    attempt.sinks.append(sink)
                    if self._stops(sink):
                        stopped = Stopped(errno.EACCES, "Permission denied")
                        hub.injected.append(stopped)
                        raise stopped
                    if sink.instead:
                        return sink.instead
        except Stopped:
            raise
        except Exception as exc:
            hub.internal_error("an event could not be looked at", exc)
        finally:
            _looking.at = None
        return ""

    def _stops(self, sink: Sink) -> bool:
        """Whether it is kept from happening: what can be brought back may happen."""
        stops = sink.stops and not (sink.kind == "loss" and self._kept.is_new(sink.text))
        if sink.keeps and not stops:
            stops = not self._kept.keep(sink.keeps, sink.kind == "growing file")
        return stops

    def misses(self) -> bool:
        """Whether an attack was left out that what came back would have been for."""
        return any(attack.touches & (self.came_back - self._tried) for attack in self._attacks)

    def late(self, call: Call, live: Any) -> Strike | None:
        """A call of the test's own, behind the attacked requests: what those stored may come back in it."""
        for _, sender in _senders((call.statement, call.parameters)):
            sinks = [attack.calls(call, sender) for attack in self._everything]
            if any(sink is not None and sink.stops for sink in sinks):
                return self._refused(call, live)
        return None

    def _answered(self, trace: Trace, attempt: Attempt) -> None:
        try:
            for attack in self._everything if attempt.leaf else ():
                attempt.sinks.extend(attack.answers(attempt, trace))
        except Exception as exc:
            hub.internal_error("the answer of an attacked request could not be looked at", exc)


def _senders(args: Sequence[Any]) -> Iterator[tuple[Siege, Attempt]]:
    """Who sent the token that is in these arguments; of several attempts that with just this value first."""
    if not _sent:
        return
    text = " ".join(_told(arg) for arg in args)
    for token in {found.lower() for found in HELD.findall(text)} & _sent.keys():
        latest = reversed(_sent[token])
        yield from sorted(latest, key=lambda sent: sent[1].value not in text)


def _told(arg: Any) -> str:
    return f"{arg.co_names} {arg.co_consts}" if isinstance(arg, CodeType) else str(arg)


def _returned(event: str, args: tuple[Any, ...]) -> str:
    """Input of ours that turns up when no attacked request is being made."""
    if getattr(_looking, "at", None) is not None:
        return ""
    found = next(_senders(args), None)
    if found is not None:
        siege, attempt = found
        number = len(attempt.sinks)
        try:
            siege._audited(attempt, event, args)
        finally:
            if not attempt.attack:
                siege.came_back.update(sink.kind for sink in attempt.sinks[number:])
    return ""


@contextmanager
def _noting(attempt: Attempt) -> Iterator[None]:
    """Which functions of source run in a request with forged credentials."""
    if attempt.attack != "authentication-bypass" or sys.getprofile() is not None or hub.sources is None:
        yield
        return
    found: dict[Site, None] = {}
    classify = hub.sources.classify

    def called(frame: FrameType, event: str, arg: Any) -> None:
        code = frame.f_code
        if event == "call":
            kind, file = classify(code.co_filename)
            attempt.doubled = attempt.doubled or kind == "test" or code.co_filename.endswith(MOCK)
            if kind == "source" and not code.co_name.startswith("<"):
                found[Site(file, code.co_firstlineno, code.co_qualname)] = None

    sys.setprofile(called)
    try:
        yield
    finally:
        sys.setprofile(None)
        attempt.ran = tuple(found)


def _wrote(trace: Trace, attempt: Attempt) -> bool:
    return any(call.effect and call.error is None for call in trace.calls[slice(*attempt.calls)])


def _is_error(attempt: Attempt) -> bool:
    outcome = attempt.entry.outcome if attempt.entry is not None else None
    return outcome is None or outcome.is_error
