"""Where every seam reports: one logical call is one Call, and an armed trial may strike it."""

from __future__ import annotations

import gc
import inspect
import itertools
import os
import sys
import weakref
from collections.abc import Awaitable, Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, suppress
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from time import sleep  # the real one, whoever replaces `time.sleep` later
from types import CodeType, FrameType, FunctionType, MethodType, TracebackType
from typing import Any, Protocol

from ..trace import HANDED, Call, Deprecation, Entry, ErrorInfo, Lease, Making, Request, Site, Stack, Trace
from . import _sdk, arguments


class Sources(Protocol):
    """What the hub needs to know of the user's files (see `source.SourceMap`)."""

    def classify(self, filename: str) -> tuple[str, str]: ...

    def stack(self, frame: FrameType | None) -> Stack: ...

    def error_info(
        self, exc: BaseException, injected: Sequence[BaseException] = ..., tb: TracebackType | None = ...
    ) -> ErrorInfo: ...

    def place_of(self, what: Any) -> Site | None: ...

    def writes(self, definition: str) -> bool: ...

    def hands_on(self, frame: FrameType | None) -> bool: ...


@dataclass(slots=True)
class Strike:
    """What an armed fault does to a call.

    With `instead`, the library is not asked: `perform(None)` raises or gives the answer. Otherwise the call is made
    and `perform(reply)` raises or gives another answer.
    """

    perform: Callable[[Any], Any]
    instead: bool = True
    fault: str = ""


class Printed(Protocol):
    """What went to stdout and stderr (see `sweep.output.Output`)."""

    def mark(self) -> tuple[int, int]: ...

    def since(self, mark: tuple[int, int]) -> tuple[str, str]: ...


Striker = Callable[[Call, Any], "Strike | None"]

_inside: ContextVar[bool] = ContextVar("prodready_inside", default=False)
_entry: ContextVar[Entry | None] = ContextVar("prodready_entry", default=None)
_background: ContextVar[bool] = ContextVar("prodready_background", default=False)
_parent: ContextVar[Stack | None] = ContextVar("prodready_parent", default=None)  # where a task or thread was started
_numbers = itertools.count(1)  # of tasks and threads


def _reset(variable: ContextVar[Any], token: Token[Any]) -> None:
    """Put a variable back; a coroutine that nobody finished is closed somewhere else, where there is nothing to put back."""
    try:  # for every call: `suppress` takes three times as long
        variable.reset(token)
    except ValueError:
        return


def status_of(answer: Any) -> int | None:
    """The status of an HTTP answer of any library; a double is asked without leaving a mark on it."""
    state = getattr(answer, "__dict__", {})
    for name in ("status_code", "status", "code"):
        if "_mock_children" in state:
            found = state.get(name, state["_mock_children"].get(name))
        else:
            found = getattr(answer, name, None)
        if isinstance(found, int) and not isinstance(found, bool):
            return found
    return None


async def _awaited(answer: Any) -> Any:
    """A driver may answer an asynchronous call with a coroutine."""
    return await answer if inspect.iscoroutine(answer) else answer


@dataclass
class Hub:
    """The one meeting point of seams and run. Idle (`trace is None`) it does nothing."""

    trace: Trace | None = None
    sources: Sources | None = None
    striker: Striker | None = None
    guard: Striker | None = None  # sees the calls of attacked requests, and stops what would have an effect
    profile: Callable[[FrameType, str, Any], None] | None = None  # sees what functions return, in threads too
    watch_direct: Callable[[Entry, FrameType], bool] | None = None  # sees how an outermost source call returns
    before_direct: Callable[[FrameType], None] | None = None  # a direct call may be made below this frame
    production: bool = False  # web applications answer as in production
    maker_hint: str | None = None  # who made the engine that connects now, set by a seam above the driver
    paused: bool = False  # calls are made and not recorded
    without_waits: int = 0  # how many waits a test has taken away
    without_records: int = 0  # how many loggers and trackers a test has replaced
    run: int = 0  # number of the current run of a test; in the ordinary run 0
    wanted: frozenset[str] | None = None  # what checks read of a run beside its calls; None for all there is
    internal_errors: list[str] = field(default_factory=list)
    deprecations: list[Deprecation] = field(default_factory=list)  # used while no test ran: by imports
    direct: dict[FrameType, Entry] = field(default_factory=dict)
    cleanups: list[tuple[Entry | None, Callable[[], None]]] = field(default_factory=list)
    injected: list[BaseException] = field(default_factory=list)
    labelled: dict[Site | str, Entry] = field(default_factory=dict)  # entries of direct calls that nobody watches
    commands: dict[tuple[int, CodeType], tuple[str, tuple[str, ...]]] = field(default_factory=dict)  # by their frames
    reading: set[int] = field(default_factory=set)  # activations of functions that turned out to be commands
    printed: Printed | None = None  # what the test's body printed so far; only in runs of our own
    plain: Callable[[Any], Any] = lambda value: None  # reduces a value that an entry returned
    later: Callable[[float], None] = lambda seconds: None  # lets time pass in which nobody waits: a task's back-off
    payment_hosts: tuple[str, ...] = ()  # what the user declared such, as globs
    hosts: tuple[str, ...] = ()  # beside this machine, those that trials may reach
    plans: dict[tuple[str, str], tuple[tuple[str, ...], str]] = field(
        default_factory=dict
    )  # of statements (see `planners`)
    designed: set[str] = field(default_factory=set)  # tables that a framework makes as source has designed them
    siege: Callable[[Request], Iterable[tuple[AbstractContextManager[None], Request]]] = (
        lambda request: ()
    )  # before one
    rounds: Callable[[Entry, Request], Iterable[tuple[AbstractContextManager[None], Request]]] = (
        lambda entry, request: ()
    )  # after one: it is made again, and another one

    _asked: tuple[Entry | None, int] = (None, 0)  # whose arguments were looked at last

    def wants(self, what: str) -> bool:
        """Whether any check reads it (see `Check.reads`)."""
        return self.wanted is None or what in self.wanted

    # ------------------------------------------------------------------------------------------------------ calls
    def around(self, describe: Callable[[], Call | None], live: Any, do: Callable[[], Any]) -> Any:
        """Make one call: record it, strike it if it is armed. `describe` gives the Call, or None to stay out."""
        if self.trace is None or self.paused or _inside.get():
            return do()
        call = self.begin(describe, sys._getframe(1))
        if call is None:
            return do()
        if loop_runs():
            call.blocks = holds_loop(call)
        token = _inside.set(True)
        asked = False
        try:
            strike = self.strike(call, live)
            if strike is not None and strike.instead:
                return self.answered(call, strike.perform(None))
            asked = True
            reply = do()
            asked = False
            if strike is not None:
                reply = strike.perform(reply)
            return reply if call.family == "db" else self.answered(call, reply)
        except BaseException as exc:
            self.failed(call, exc, asked)
            raise
        finally:
            _reset(_inside, token)

    async def around_async(
        self, describe: Callable[[], Call | None], live: Any, do: Callable[[], Awaitable[Any]]
    ) -> Any:
        """As `around`, for a coroutine."""
        if self.trace is None or self.paused or _inside.get():
            return await do()
        call = self.begin(describe, sys._getframe(1))
        if call is None:
            return await do()
        token = _inside.set(True)
        asked = False
        try:
            strike = self.strike(call, live)
            if strike is not None and strike.instead:
                return self.answered(call, await _awaited(strike.perform(None)))
            asked = True
            reply = await do()
            asked = False
            return self.answered(call, reply if strike is None else await _awaited(strike.perform(reply)))
        except BaseException as exc:
            self.failed(call, exc, asked)
            raise
        finally:
            _reset(_inside, token)

    def begin(self, describe: Callable[[], Call | None], frame: FrameType | None, of_seam: bool = True) -> Call | None:
        trace = self.trace
        if trace is None or self.sources is None:
            return None
        try:
            call = describe()
            if call is None:
                return None
            below, seam = frame, frame.f_code.co_filename if frame is not None else ""
            while of_seam and frame is not None and frame.f_code.co_filename == seam:  # a seam may live in a conftest
                frame = frame.f_back
            stack = self.sources.stack(frame)
            parent, entry = _parent.get(), _entry.get()
            if parent is not None:
                stack = stack.below(parent)
            if stack.lazy and stack.site is None and entry is not None and entry.view is not None:
                stack = stack.within(entry.view)  # it has returned, and what it returned is read by a framework
            call.phase = trace.phase
            call.site, call.path, call.lazy = stack.site, stack.path, stack.lazy
            call.places, call.activations = stack.places, stack.activations
            call.number = len(trace.calls)
            call.by_test = stack.from_test and entry is None
            if stack.site is not None:
                call.entry = entry = entry or self.direct_entry(stack)
                if entry is not None and entry.kind == "lifespan":
                    call.phase = "startup"  # an application that does not start is not in production
            call.handed_on = bool(call.waits_for_ever) and self.sources.hands_on(frame)
            call.background = _background.get()
            if call.family == "http":
                call.payment = _sdk.provider(below) or ("declared" if self._is_declared(call.target) else "")
            trace.calls.append(call)
            return call
        except Exception as exc:  # our own bug must never change the user's suite
            self.internal_error("a seam could not describe a call", exc)
            return None

    def _is_declared(self, host: str) -> bool:
        return any(fnmatchcase(host, pattern) for pattern in self.payment_hosts)

    def strike(self, call: Call, live: Any) -> Strike | None:
        guarded = self.guard is not None and call.phase == "again"
        striker = self.guard if guarded else self.striker
        if striker is None or call.site is None or call.phase == "startup" or not (guarded or call.failable):
            return None
        try:
            strike = striker(call, live)
        except Exception as exc:
            self.internal_error("a fault could not be armed", exc)
            return None
        if strike is not None:
            call.faulted = strike.fault
            call.effect_happened = not strike.instead
            if self.trace is not None and self.trace.struck is None and call.phase == "call":
                self.trace.struck = call
        return strike

    @staticmethod
    def answered(call: Call, reply: Any) -> Any:
        """The reply of a call, whose status is noted."""
        if call.family == "http" and call.status is None:
            call.status = status_of(reply)
        return reply

    def failed(self, call: Call, exc: BaseException, real: bool = False) -> None:
        """`real`: the library itself raised it. It may do so from C, and then the innermost frame is ours."""
        if real and self.run:
            with suppress(AttributeError):  # kept in a list its traceback would keep cursors alive, and with them locks
                exc.__prodready_real__ = True  # type: ignore[attr-defined]
        if call.faulted is not None and not _is_bug_of_ours(exc):
            self.injected.append(exc)
        call.error = self.error_info(exc)
        if call.family == "http":  # some clients raise what is an answer
            call.status = status_of(exc) or status_of(getattr(exc, "response", None))

    def raise_injected(self, exc: BaseException) -> None:
        """Remember that this exception is injected, wherever it turns up, and raise it."""
        self.injected.append(exc)
        raise exc

    @property
    def inside(self) -> bool:
        return _inside.get()

    @contextmanager
    def quiet(self) -> Iterator[None]:
        """Calls made in here are part of another call and not recorded."""
        token = _inside.set(True)
        try:
            yield
        finally:
            _reset(_inside, token)

    @contextmanager
    def handing_over(self, frame: FrameType | None, to_thread: bool = False) -> Iterator[None]:
        """A task or thread that is started here takes the stack along, by its copy of the context."""
        if self.trace is None or self.sources is None:
            yield
            return
        parent = self.sources.stack(frame).below(_parent.get())
        parent.number = next(_numbers)
        if to_thread:
            self._watch_from_here(parent)
        token = _parent.set(parent)
        inside = _inside.set(False)
        try:
            yield
        finally:
            _reset(_inside, inside)
            _reset(_parent, token)

    def hand_over(self, frame: FrameType | None) -> Callable[[], AbstractContextManager[None]]:
        """As `handing_over`, for a thread: it has a context of its own, in which what is returned is entered."""
        parent = self.sources.stack(frame).below(_parent.get()) if self.sources is not None else None
        if parent is not None:
            parent.number = next(_numbers)
        self._watch_from_here(parent)
        entry = _entry.get()

        @contextmanager
        def adopt() -> Iterator[None]:
            tokens = _parent.set(parent), _entry.set(entry), _inside.set(False)
            try:
                yield
            finally:
                _reset(_inside, tokens[2])
                _reset(_entry, tokens[1])
                _reset(_parent, tokens[0])

        return adopt

    def here(self) -> Site | None:
        """The innermost line of source on the stack."""
        return self.sources.stack(sys._getframe(1)).below(_parent.get()).site if self.sources is not None else None

    def is_source(self, filename: str) -> bool:
        """Whether a file is the user's source."""
        return self.sources is not None and self.sources.classify(filename)[0] == "source"

    def stack_here(self) -> Stack | None:
        """The frames of source on the stack."""
        return self.sources.stack(sys._getframe(1)).below(_parent.get()) if self.sources is not None else None

    def _watch_from_here(self, stack: Stack | None) -> None:
        """No other thread can begin to watch a frame of this one."""
        if (
            self.before_direct is not None
            and _entry.get() is None
            and stack is not None
            and stack.outermost is not None
        ):
            self.before_direct(stack.outermost)

    # ------------------------------------------------------------------------------------------------ connections
    def took(self, kind: str, pool: str, frame: FrameType | None) -> Lease | None:
        """Source opens a connection, or checks one out of a pool; None where it is not source, or no run of ours.

        Args:
            pool: what it is taken from; empty for the place itself.
        """
        trace = self.trace
        if trace is None or self.sources is None or not self.run or trace.phase != "call":
            return None
        stack = self.sources.stack(frame).below(_parent.get())
        if stack.site is None:
            return None
        name = pool or f"{stack.site.file}:{stack.site.line}"
        lease = Lease(kind, name, stack.path, _entry.get() or self.direct_entry(stack))
        trace.leases.append(lease)
        return lease

    def made(self, what: str, thing: object, frame: FrameType | None) -> None:
        """An engine, pool or client is made; it counts where a line of source makes it."""
        trace, sources = self.trace, self.sources
        if trace is None or sources is None or trace.phase != "call" or self.run or frame is None:
            return
        if not self.wants("makings"):
            return
        if sources.classify(frame.f_code.co_filename)[0] != "source":
            return
        call = self.beside(what, f"make {what}", frame)
        if call is not None:
            known = weakref.ref(thing)
            if gc.isenabled():  # whatever is left at the entry's end is young, and found by a quick collection
                gc.disable()
                self.at_entry_end(gc.enable)
            trace.makings.append(Making(what, call, lambda: known() is None))

    def held_up(self, what: str, operation: str, frame: FrameType | None) -> None:
        """Something that takes its time is about to be done; it counts where a loop waits for it."""
        if self.trace is None or self.run or self.trace.phase != "call" or _inside.get() or not loop_runs():
            return
        if not self.wants("blocking"):
            return
        call = self.beside(what, operation, frame)
        if call is not None and holds_loop(call):
            self.trace.blocking.append(call)

    def waited(self) -> None:
        """A sleep: afterwards somebody else may have changed the world."""
        if self.trace is not None and not self.run and self.wants("waits"):
            self.trace.waits.append(len(self.trace.calls))

    def beside(self, seam: str, operation: str, frame: FrameType | None) -> Call | None:
        """What source does that is no call of a seam's, and is never failed."""
        trace = self.trace
        assert trace is not None
        call = self.begin(lambda: Call(seam, "other", "other", operation, failable=False), frame, of_seam=False)
        if call is None:
            return None
        trace.calls.remove(call)
        return call if call.site is not None and call.entry is not None else None

    def gave_back(self, lease: Lease | None, frame: FrameType | None) -> None:
        """It was closed, or checked in."""
        if lease is not None and not lease.closed and self.sources is not None:
            lease.closed = True
            lease.closed_in = tuple(site.function for site in self.sources.stack(frame).below(_parent.get()).path)

    def origin(self, frame: FrameType | None) -> str:
        """Who makes a connection or client now: `source`, `test` or `other`."""
        if self.sources is None:
            return "other"
        stack = self.sources.stack(frame).below(_parent.get())
        return "source" if stack.site is not None else "test" if stack.from_test else "other"

    # ---------------------------------------------------------------------------------------------------- entries
    def direct_entry(self, stack: Stack) -> Entry | None:
        """The entry of code that the test calls directly: the outermost source line below the test.

        Where that code was declared an entry, or turned out to be a command, it is named as such.
        """
        entry = self._direct_entry(stack)
        if entry is not None and stack.outermost is not None and self.wants("secrets"):
            activation = stack.activations[-1] if stack.activations else -1
            if activation < 0 or self._asked != (entry, activation):  # while it runs, what it was given does not change
                self._asked = entry, activation
                for secret in arguments.secrets(stack.outermost):
                    if secret not in entry.secrets:
                        entry.secrets += (secret,)
        return entry

    def _direct_entry(self, stack: Stack) -> Entry | None:
        frame = stack.outermost
        trace = self.trace
        if frame is None or trace is None or not stack.path:
            return None
        if stack.declared is not None:
            return self._named_entry(stack.declared, "declared", stack.label, ())
        if self.commands:  # the hash of code takes its time
            command = self.commands.get((id(frame), frame.f_code))
            if command is not None:
                return self._named_entry(frame, "command", *command)
        site = stack.path[-1]
        if self.watch_direct is None and site in self.labelled:
            return self.labelled[site]
        label = f"{site.function} ({site.file}:{site.line})"
        known = self.direct.get(frame)
        if known is not None and known.label == label:
            return known
        entry = Entry("direct", label, number=len(trace.entries), site=site)
        entry.activation = known.activation if known is not None else entry.number
        if self.watch_direct is not None and trace.phase == "call" and self.watch_direct(entry, frame):
            self.direct[frame] = entry
        else:
            self.labelled[site] = entry
        trace.entries.append(entry)
        return entry

    def _named_entry(self, frame: FrameType, kind: str, label: str, given: tuple[str, ...]) -> Entry | None:
        trace = self.trace
        assert trace is not None
        known = self.direct.get(frame) or self.labelled.get(label)
        if known is not None and known.label == label:
            return known
        entry = Entry(kind, label, number=len(trace.entries), given=given)
        if self.printed is not None:
            entry.printed = self.printed.mark()
        if self.watch_direct is not None and trace.phase == "call" and self.watch_direct(entry, frame):
            self.direct[frame] = entry
        else:
            self.labelled[label] = entry  # no frame of an ordinary run is kept alive
        trace.entries.append(entry)
        return entry

    def is_command(
        self, frame: FrameType | None, name: Callable[[FrameType], str], given: tuple[str, ...]
    ) -> FrameType | None:
        """The outermost source call of the stack at `frame` is a command: it reads arguments.

        Args:
            name: gives the command's label from the frame of that call.
            given: its arguments.

        Returns:
            the frame of that call, where it is news that it is a command.
        """
        if self.trace is None or self.sources is None or _entry.get() is not None:
            return None
        stack = self.sources.stack(frame).below(_parent.get())
        if stack.outermost is None or not stack.ended:
            return None
        key = id(stack.outermost), stack.outermost.f_code
        self.commands[key] = name(stack.outermost), given
        activation = next((one for one in reversed(stack.activations) if one >= 0), -1)
        if activation in self.reading:  # a frame may have the place of one that is gone
            return None
        self.reading.add(activation)
        return stack.outermost

    @contextmanager
    def enter(self, entry: Entry) -> Iterator[Entry]:
        """The world enters the application: a request, a command, a message."""
        trace = self.trace
        if trace is not None:
            known = {"again": trace.again, "beside": trace.beside}.get(trace.phase, trace.entries)
            entry.number = len(known)
            known.append(entry)
            if self.printed is not None:
                entry.printed = self.printed.mark()
        token, inside = _entry.set(entry), _inside.set(False)
        try:
            yield entry
        finally:
            _reset(_inside, inside)
            _reset(_entry, token)
            self.clean_up(entry)
            made = [making for making in trace.makings if making.call.entry is entry] if trace is not None else []
            for generation in range(2):  # what survives one becomes older: the next looks there
                if all(making.ended() for making in made):
                    break
                sleep(LET_GO)
                gc.collect(generation)  # an engine and its pool hold each other
            for making in made:
                making.over = making.over or making.ended()

    def arrived(self, entry: Entry, view: Any, request: Request) -> Request:
        """A request has come to the function that answers it; a fault may make another one of it.

        Args:
            view: that function or class.
            request: as it arrived.
        """
        entry.request = request
        trace = self.trace
        if trace is None or self.sources is None:
            return request
        try:
            entry.view = self.sources.place_of(view)
            if entry.view is None:
                return request
            call = Call(
                "incoming" if request.kind == "route" else request.kind, "incoming", "receive", f"receive {entry.label}",
                phase=trace.phase, number=len(trace.calls), site=entry.view, path=(entry.view,), entry=entry,
            )  # fmt: skip
            trace.calls.append(call)
            strike = self.strike(call, request)
            return request if strike is None else strike.perform(request)
        except Exception as exc:
            self.internal_error("a request could not be looked at", exc)
            return request

    def answered_plainly(self, entry: Entry, app: Any, request: Request) -> None:
        """A request was answered: by the application itself, where no framework told of a function that did."""
        view = app if isinstance(app, (FunctionType, MethodType)) else type(app).__call__
        if entry.view is None and isinstance(view, (FunctionType, MethodType)):
            self.arrived(entry, view, request)

    def coming(self, request: Request, make: Callable[[Request], Any]) -> None:
        """A request is about to be made; others like it may be made before."""
        for context, other in self.siege(request):
            with context:
                make(other)

    async def coming_async(self, request: Request, make: Callable[[Request], Awaitable[Any]]) -> None:
        """As `coming`, for a coroutine."""
        for context, other in self.siege(request):
            with context:
                await make(other)

    def ended(self, entry: Entry, request: Request, make: Callable[[Request], Any]) -> None:
        """A request was answered, and may now be made again."""
        for context, other in self.rounds(entry, request):
            with context:
                make(other)

    async def ended_async(self, entry: Entry, request: Request, make: Callable[[Request], Awaitable[Any]]) -> None:
        """As `ended`, for a coroutine."""
        for context, other in self.rounds(entry, request):
            with context:
                await make(other)

    @contextmanager
    def reenter(self, entry: Entry) -> Iterator[None]:
        """Application code that runs later but belongs to `entry`: a streamed body."""
        token, inside = _entry.set(entry), _inside.set(False)
        try:
            yield
        finally:
            _reset(_inside, inside)
            _reset(_entry, token)

    @contextmanager
    def in_background(self) -> Iterator[None]:
        """What runs in here was put off until the answer has been sent."""
        token = _background.set(True)
        try:
            yield
        finally:
            _reset(_background, token)

    def error_info(self, exc: BaseException, tb: TracebackType | None = None) -> ErrorInfo | None:
        return self.sources.error_info(exc, self.injected, tb) if self.sources is not None else None

    def current_entry(self) -> Entry | None:
        return _entry.get()

    def at_entry_end(self, action: Callable[[], None]) -> None:
        """Do `action` when the current entry ends (without one: when the test's body does)."""
        self.cleanups.append((_entry.get(), action))

    def clean_up(self, entry: Entry | None) -> None:
        """Lift what lasts until `entry` ends; None lifts everything."""
        mine = [action for owner, action in self.cleanups if entry is None or owner is entry]
        self.cleanups = [] if entry is None else [c for c in self.cleanups if c[0] is not entry]
        for action in mine:
            action()

    # ------------------------------------------------------------------------------------------------------- runs
    def sees(self, action: Callable[[], object]) -> bool:
        """Whether `action` makes a call or an entry that is recorded."""
        trace = Trace("canary", phase="setup")
        self.start(trace)
        try:
            action()
        finally:
            self.stop()
        return bool(trace.calls or trace.entries)

    def start(self, trace: Trace) -> None:
        self.trace = trace
        trace.unpaced = self.without_waits > 0
        trace.unrecorded = self.without_records > 0
        trace.designed = self.designed
        self._asked = None, 0
        self.direct.clear()
        self.labelled.clear()
        self.commands.clear()
        self.reading.clear()
        self.injected.clear()

    def stop(self) -> None:
        self.clean_up(None)
        self.trace = None
        self.striker = None
        self.direct.clear()
        self.injected.clear()  # a traceback keeps cursors alive, and with them locks
        self.labelled.clear()
        self.commands.clear()
        self.reading.clear()

    def internal_error(self, what: str, exc: BaseException) -> None:
        frame = exc.__traceback__
        while frame is not None and frame.tb_next is not None:
            frame = frame.tb_next
        where = f" ({frame.tb_frame.f_code.co_name}:{frame.tb_lineno})" if frame is not None else ""
        text = f"{what}: {type(exc).__name__}: {exc}{where}"
        if text not in self.internal_errors:
            self.internal_errors.append(text)


#: What a driver never raises on purpose.
BUGS = (AssertionError, AttributeError, LookupError, NameError, TypeError)
OURS = os.path.dirname(os.path.dirname(os.path.abspath(__file__))) + os.sep


#: Seconds that a thread may take to let go of what it ran for a request: some tens of microseconds were seen.
LET_GO = 0.002


def loop_runs() -> bool:
    """Whether an event loop runs in this thread."""
    events = sys.modules.get("asyncio.events")
    return events is not None and events._get_running_loop() is not None


def holds_loop(call: Call) -> bool:
    """Whether a coroutine of source makes this call in the thread of a running loop, and does not await it."""
    if not loop_runs():
        return False
    for place in call.places:
        if place is HANDED:  # another task or thread begins here
            break
        if place.coroutine:
            return True
    return False


def _is_bug_of_ours(exc: BaseException) -> bool:
    """Whether the fault's own code broke instead of breaking the call."""
    frame = exc.__traceback__
    while frame is not None and frame.tb_next is not None:
        frame = frame.tb_next
    return isinstance(exc, BUGS) and frame is not None and frame.tb_frame.f_code.co_filename.startswith(OURS)


hub = Hub()
