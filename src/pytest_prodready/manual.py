"""Failures asked for by name: the `fault` marker and the `faults` fixture."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Generator, Iterator
from typing import TYPE_CHECKING, Any

import pytest

from .faults import Fault, Faults, Strike
from .registries import Registries
from .seams import hub
from .settings import matches
from .sweep.clock import VirtualClock
from .trace import Call, Sighting, Trace

if TYPE_CHECKING:
    from .session import Session

MARKER_ARGUMENTS = {"name", "at", "target", "field"}
SWEEP_ARGUMENTS = {"select", "ignore", "skip", "deadline"}


class InjectedFault:
    """A fault that waits for the first call that fits.

    Args:
        faults: the registry.
        fault: what is injected.
        at: the kind of call (`commit`), or a part of its operation or statement (`UPDATE orders`).
        target: a part of the host, database or operation.
        field: for `reply.missing-field` and `reply.null-field` the field; for `reply.wrong-shape` the shape.

    Attributes:
        fired: how many calls were struck.
    """

    def __init__(
        self,
        faults: Faults,
        fault: Fault,
        at: str | None,
        target: str | None,
        field: str | None,
        clock: VirtualClock,
    ) -> None:
        self.faults, self.fault, self.at, self.target, self.field, self.clock = (
            faults,
            fault,
            at,
            target,
            field,
            clock,
        )
        self.fired = 0
        self._struck_target = ""

    @property
    def name(self) -> str:
        return self.fault.name

    def fits(self, call: Call) -> bool:
        """Whether this call is one that was asked for."""
        driver = self.faults.driver(call.seam)
        if call.kind not in self.fault.kinds or driver is None or driver.form(self.fault, call.kind) is None:
            return False
        if (
            self.at is not None
            and self.at.lower() != call.kind
            and not _within(self.at, call.operation, call.statement)
        ):
            return False
        return self.target is None or _within(self.target, call.target, call.operation, call.statement)

    def __call__(self, call: Call, live: Any) -> Strike | None:
        if self.fired and not (
            self.fault.outage and call.target == self._struck_target and call.kind in self.fault.kinds
        ):
            return None
        if not self.fired and not self.fits(call):
            return None
        driver = self.faults.driver(call.seam)
        strike = driver.strike(self.fault, self._variant(call), call, live, self.clock) if driver is not None else None
        if strike is not None:
            self.fired += 1
            self._struck_target = call.target
            strike.fault = self.fault.name
        return strike

    def _variant(self, call: Call) -> str:
        if self.field is not None:
            return self.field
        assert call.point is not None
        sighting = Sighting(
            call.point, "", call.seam, call.family, call.kind, call.target, call.effect, "", reply=call.reply
        )
        return next(iter(self.fault.variants(sighting, lambda word: True)), "")

    def never_fired(self, trace: Trace | None) -> str:
        """What to tell when no call fitted."""
        calls = (
            list(dict.fromkeys((c.operation, c.kind in self.fault.kinds) for c in trace.source_calls()))
            if trace
            else []
        )
        fitting = [operation for operation, fits in calls if fits]
        asked = "".join(f", {k}={v!r}" for k, v in (("at", self.at), ("target", self.target)) if v is not None)
        if fitting:
            seen = "it could have hit: " + ", ".join(fitting[:8])
        elif calls:
            seen = "the application's calls cannot fail in this way: " + ", ".join(op for op, _ in calls[:8])
        else:
            seen = "the application made no call that is observed"
        return f"the fault {self.fault.name}{asked} never fired; {seen}"


def _within(part: str, *texts: str) -> bool:
    """Whether the words of `part` occur in one of the texts, in this order."""
    pattern = re.compile(r".*?".join(rf"(?<!\w){re.escape(word)}" for word in part.split()), re.I | re.S)
    return any(pattern.search(text) for text in texts)


class Strikers:
    """Several injected faults at once: the first that fits strikes."""

    def __init__(self) -> None:
        self.armed: list[InjectedFault] = []

    def __call__(self, call: Call, live: Any) -> Strike | None:
        for fault in self.armed:
            strike = fault(call, live)
            if strike is not None:
                return strike
        return None


@contextlib.contextmanager
def armed(fault: InjectedFault) -> Iterator[InjectedFault]:
    """Within this block the fault is armed, time is virtual and web applications answer as in production."""
    outer = isinstance(hub.striker, Strikers)
    strikers = hub.striker if isinstance(hub.striker, Strikers) else Strikers()
    production = hub.production
    strikers.armed.append(fault)
    hub.striker, hub.production = strikers, True
    try:
        if outer:
            yield fault
        else:
            with fault.clock.running():
                yield fault
    finally:
        strikers.armed.remove(fault)
        hub.production = production
        if not outer:
            hub.striker = None
            hub.clean_up(None)


class FaultInjector:
    """What the `faults` fixture gives.

    Args:
        session: the plugin's.
        test: node id of the test.
    """

    def __init__(self, session: Session, test: str) -> None:
        self._session, self._test = session, test

    @contextlib.contextmanager
    def inject(
        self, name: str, at: str | None = None, target: str | None = None, field: str | None = None
    ) -> Iterator[InjectedFault]:
        """Inject the named fault within this block, into the first call of the application that fits.

        Args:
            name: such as `db.timeout` or `http.connection-refused`.
            at: a kind of call (`connect`, `read`, `write`, `commit`) or a part of operation or statement.
            target: a part of the host, the database or the operation.
            field: the field of a reply, or its shape.

        Yields:
            the fault; its `fired` counts the calls that were struck.

        Raises:
            ValueError: for a name that does not exist.
        """
        with armed(make(self._session, name, at, target, field)) as fault:
            yield fault

    def close(self) -> None:
        """The test is over."""
        hub.clean_up(None)


def make(session: Session, name: str, at: str | None, target: str | None, field: str | None) -> InjectedFault:
    known = session.registries.faults
    if name not in known.by_name:
        raise ValueError(unknown(name, known))
    clock = VirtualClock(lambda filename: session.sources.classify(filename)[0] == "source")
    return InjectedFault(known, known.by_name[name], at, target, field, clock)


def unknown(name: str, known: Faults) -> str:
    close = difflib.get_close_matches(name, known.by_name, n=1, cutoff=0.4)
    return f"no fault is called {name!r}" + (
        f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(known.by_name)}"
    )


class Manual:
    """Runs tests with a `fault` marker under their fault, in every run."""

    def __init__(self, session: Session) -> None:
        self.session = session

    def _mark(self, item: pytest.Item) -> pytest.Mark | None:
        marks = list(item.iter_markers("fault"))
        callspec = getattr(item, "callspec", None)
        if callspec is not None and "_prodready_fault" in callspec.params:
            mark: pytest.Mark = callspec.params["_prodready_fault"]
            return mark
        return marks[0] if marks else None

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_protocol(self, item: pytest.Item, nextitem: Any) -> Generator[None, object, object]:
        mark = self._mark(item)
        if mark is None or hub.run:
            return (yield)
        self.session.body.around = [lambda: self._under(mark)]
        try:
            return (yield)
        finally:
            self.session.body.around = []

    @contextlib.contextmanager
    def _under(self, mark: pytest.Mark) -> Iterator[None]:
        given = dict(zip(("name", "at", "target", "field"), mark.args, strict=False)) | dict(mark.kwargs)
        fault = make(self.session, given["name"], given.get("at"), given.get("target"), given.get("field"))
        with armed(fault):
            yield
        if not fault.fired:
            pytest.fail(fault.never_fired(hub.trace), pytrace=False)


def validate(swept: list[pytest.Item], marked: list[pytest.Item], registries: Registries) -> None:
    """Refuse markers that make no sense, with the nearest name that does.

    Raises:
        pytest.UsageError: with test and reason.
    """
    for item in marked:
        for mark in item.iter_markers("fault"):
            where = f"{item.nodeid}: @pytest.mark.fault"
            name = mark.args[0] if mark.args else mark.kwargs.get("name")
            if not isinstance(name, str):
                raise pytest.UsageError(f"{where} needs the name of a fault")
            if name not in registries.faults.by_name:
                raise pytest.UsageError(f"{where}: {unknown(name, registries.faults)}")
            _known(where, mark, MARKER_ARGUMENTS)
    names = registries.names
    for item in swept:
        own = item.get_closest_marker("prodready")
        if own is None:
            continue
        where = f"{item.nodeid}: @pytest.mark.prodready"
        _known(where, own, SWEEP_ARGUMENTS)
        for option in ("select", "ignore"):
            for pattern in own.kwargs.get(option) or ():
                if not matches(names, [pattern]):
                    close = difflib.get_close_matches(pattern, names, n=1, cutoff=0.5)
                    hint = f"; did you mean {close[0]!r}?" if close else ""
                    raise pytest.UsageError(f"{where}: {option}={pattern!r} is no pillar, check or fault{hint}")
        if "skip" in own.kwargs and not (isinstance(own.kwargs["skip"], str) and own.kwargs["skip"].strip()):
            raise pytest.UsageError(f"{where}: skip needs a reason")


def _known(where: str, mark: pytest.Mark, arguments: set[str]) -> None:
    for name in mark.kwargs:
        if name not in arguments:
            close = difflib.get_close_matches(name, arguments, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(sorted(arguments))}"
            raise pytest.UsageError(f"{where}: no argument is called {name!r}{hint}")
