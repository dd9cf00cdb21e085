"""Failures asked for by name: the `fault` marker and the `faults` fixture."""

from __future__ import annotations

import contextlib
import difflib
import re
from collections.abc import Callable, Generator, Iterator, Sequence
from typing import TYPE_CHECKING, Any

import pytest

from .faults import Driver, Fault, Faults, Strike
from .observation import Sighting
from .registries import Registries
from .seams import clock, hub
from .settings import matches
from .sweep import compat
from .sweep.clock import VirtualClock
from .trace import INWARD, Call, Trace

if TYPE_CHECKING:
    from .session import Session

MARKER_ARGUMENTS = ("name", "at", "target", "field", "occurrence")
SWEEP_ARGUMENTS = ("select", "ignore", "skip", "deadline")


class InjectedFault:
    """A fault that waits for its call: the first that fits, or a later one.

    Args:
        faults: the registry.
        fault: what is injected.
        at: the kind of call (`commit`), or a part of its operation or statement (`UPDATE orders`).
        target: a part of the host, database or operation.
        field: for `reply.missing-field`, `null-field`, `wrong-type` and `unknown-value` the field; for `reply.wrong-shape`
            the shape.
        occurrence: which of the calls that fit is struck, from 1.
        clock: virtual time.
        reads: tells whether a name occurs in source; without `field`, the first that does is taken.
    """

    def __init__(
        self,
        faults: Faults,
        fault: Fault,
        at: str | None,
        target: str | None,
        field: str | None,
        occurrence: int,
        clock: VirtualClock,
        reads: Callable[[str], bool] = lambda word: True,
    ) -> None:
        self.faults, self.fault, self.at, self.target, self.field = faults, fault, at, target, field
        self.occurrence, self.clock, self._reads = occurrence, clock, reads
        self._fitting = 0
        self._struck: list[Call] = []

    @property
    def name(self) -> str:
        return self.fault.name

    @property
    def fired(self) -> int:
        """How many calls were struck. A reply that has nothing to malform gives the fault back."""
        return sum(call.faulted is not None for call in self._struck)

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

    def _is_due(self, call: Call) -> bool:
        """Whether this is the occurrence that was asked for; where it gave the fault back, a later one is."""
        if not self.fits(call):
            return False
        self._fitting += 1
        return self._fitting >= self.occurrence

    def pass_by(self, call: Call) -> None:
        """Another fault strikes this call: it counts all the same."""
        self._fitting += self.fits(call)

    def __call__(self, call: Call, live: Any) -> Strike | None:
        struck = next((one for one in self._struck if one.faulted is not None), None)
        if struck is not None and not (
            self.fault.outage and call.target == struck.target and call.kind in self.fault.kinds
        ):
            return None
        driver = self.faults.driver(call.seam)
        if driver is None or (struck is None and not self._is_due(call)):
            return None
        variant = self._variant(call)
        strike = driver.strike(self.fault, variant, call, live, self.clock)
        if strike is None:
            return None
        if not strike.instead:
            first = strike.perform
            strike.perform = lambda reply: self._with_reply(driver, call, live, variant, first, reply)
        strike.fault = self.fault.name
        self._struck.append(call)
        return strike

    def _with_reply(
        self, driver: Driver, call: Call, live: Any, guess: str, perform: Callable[[Any], Any], reply: Any
    ) -> Any:
        """Now that the reply is there, it is known which variants it has: its fields."""
        variant = self._variant(call)
        if variant == guess:
            return perform(reply)
        strike = driver.strike(self.fault, variant, call, live, self.clock)
        return reply if strike is None else strike.perform(reply)

    def _variant(self, call: Call) -> str:
        if self.field is not None:
            return self.field
        assert call.point is not None
        sighting = Sighting(
            call.point, "", call.seam, call.family, call.kind, call.target, call.effect, "", call.statement,
            call.waits_for_ever, call.passed_in, call.reply,
        )  # fmt: skip
        found = self.fault.variants(sighting, self._reads) or self.fault.variants(sighting, lambda word: True)
        return next(iter(found), "")

    def never_fired(self, trace: Trace | None) -> str:
        """What to tell when no call fitted."""
        made = [(c.operation, c.kind in self.fault.kinds, c.family) for c in trace.source_calls()] if trace else []
        calls = list(
            dict.fromkeys((operation, fits) for operation, fits, family in made if fits or family not in INWARD)
        )
        fitting = [operation for operation, fits in calls if fits]
        narrowed: dict[str, object] = {"at": self.at, "target": self.target, "field": self.field}
        if self.occurrence > 1:
            narrowed["occurrence"] = self.occurrence
        asked = "".join(f", {k}={v!r}" for k, v in narrowed.items() if v is not None)
        if 0 < self._fitting < self.occurrence:
            seen = f"{self._fitting} call{'s' * (self._fitting > 1)} would have fitted"
        elif fitting:
            seen = "it could have hit: " + ", ".join(fitting[:8])
        elif calls:
            seen = "the application's calls cannot fail in this way: " + ", ".join(op for op, _ in calls[:8])
        else:
            seen = "the application made no call that is observed"
        return f"the fault {self.fault.name}{asked} never fired; {seen}"


def _within(part: str, *texts: str) -> bool:
    """Whether the words of `part` occur in one of the texts, in this order."""
    words = [(r"(?<!\w)" if re.match(r"\w", word) else "") + re.escape(word) for word in part.split()]
    pattern = re.compile(".*?".join(words), re.I | re.S)
    return any(pattern.search(text) for text in texts)


class Strikers:
    """Several injected faults at once: the first that fits strikes. All live in the time of the outermost."""

    def __init__(self, clock: VirtualClock) -> None:
        self.clock = clock
        self.armed: list[InjectedFault] = []

    def __call__(self, call: Call, live: Any) -> Strike | None:
        strike = None
        for fault in self.armed:
            if strike is None:
                strike = fault(call, live)
            else:
                fault.pass_by(call)
        return strike


@contextlib.contextmanager
def armed(fault: InjectedFault) -> Iterator[InjectedFault]:
    """Within this block the fault is armed, time is virtual and web applications answer as in production."""
    outer = hub.striker if isinstance(hub.striker, Strikers) else None
    strikers = outer or Strikers(fault.clock)
    fault.clock = strikers.clock
    production = hub.production
    strikers.armed.append(fault)
    hub.striker, hub.production = strikers, True
    try:
        with contextlib.ExitStack() as stack:
            of_clock = fault.fault.family == clock.SEAM
            if of_clock:
                stack.enter_context(clock.frozen(lambda: fault.clock.offset))
            if not outer:
                stack.enter_context(fault.clock.running(wall=not of_clock))
                if hub.trace is not None:
                    fault.clock.sleeps = hub.trace.sleeps
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
        self,
        name: str,
        at: str | None = None,
        target: str | None = None,
        field: str | None = None,
        occurrence: int = 1,
    ) -> Iterator[InjectedFault]:
        """Inject the named fault within this block, into the first call of the application that fits.

        Args:
            name: such as `db.timeout` or `http.connection-refused`.
            at: a kind of call (`connect`, `read`, `write`, `commit`) or a part of operation or statement.
            target: a part of the host, the database or the operation.
            field: the field of a reply, or its shape.
            occurrence: which of the calls that fit is struck, from 1.

        Yields:
            the fault; its `fired` counts the calls that were struck.

        Raises:
            ValueError: for a name that does not exist, or an occurrence below 1.
        """
        with armed(make(self._session, name, at, target, field, occurrence)) as fault:
            yield fault

    def close(self) -> None:
        """The test is over."""
        hub.clean_up(None)


def make(
    session: Session,
    name: str,
    at: str | None = None,
    target: str | None = None,
    field: str | None = None,
    occurrence: int = 1,
) -> InjectedFault:
    known = session.registries.faults
    if name not in known.by_name:
        raise ValueError(unknown(name, known))
    if not _is_ordinal(occurrence):
        raise ValueError(f"occurrence={occurrence!r} must be a number from 1")
    clock = VirtualClock(lambda filename: session.sources.classify(filename)[0] == "source")
    return InjectedFault(known, known.by_name[name], at, target, field, occurrence, clock, session.reads())


def _is_ordinal(value: Any) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and value >= 1


def unknown(name: str, known: Faults) -> str:
    close = difflib.get_close_matches(name, known.by_name, n=1, cutoff=0.4)
    return f"no fault is called {name!r}" + (
        f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(known.by_name)}"
    )


class Manual:
    """Runs tests with a `fault` marker under their fault, in every run."""

    def __init__(self, session: Session) -> None:
        self.session = session
        self._never_fired = ""  # in the test that runs now

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
        self._never_fired = ""
        try:
            return (yield)
        finally:
            self.session.body.around = []

    @pytest.hookimpl(wrapper=True, tryfirst=True)
    def pytest_runtest_makereport(self, item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
        report = yield
        told = self._never_fired
        if report.failed and told and report.longrepr == told:
            # a plain text has no place in the summary of pytest 8.0
            file, line, _ = item.location
            report.longrepr = compat.failure(file, (line or 0) + 1, told)
        elif report.failed and told and told not in report.longreprtext:
            report.sections.append(("prodready: fault", told))  # the likely reason why the test failed
        return report

    @contextlib.contextmanager
    def _under(self, mark: pytest.Mark) -> Iterator[None]:
        given = dict(zip(MARKER_ARGUMENTS, mark.args, strict=False)) | dict(mark.kwargs)
        fault = make(self.session, **given)
        try:
            with armed(fault):
                yield
        finally:
            told = "" if fault.fired else "; ".join([fault.never_fired(hub.trace), *self.session.out_of_reach])
            self._never_fired = told
        if told:
            pytest.fail(told, pytrace=False)


def validate(swept: list[pytest.Item], marked: list[pytest.Item], registries: Registries) -> None:
    """Refuse markers that make no sense, with the nearest name that does.

    Raises:
        pytest.UsageError: with test and reason; a worker of xdist reports an error of collection instead, since the
            controller would take its end for a crash.
    """
    try:
        _validate(swept, marked, registries)
    except pytest.UsageError as error:
        item = (marked or swept)[0]
        if not hasattr(item.config, "workerinput"):
            raise
        report = pytest.CollectReport(item.nodeid.split("::")[0], "failed", f"ERROR: {error}", [])
        item.config.hook.pytest_collectreport(report=report)
        item.session.items.clear()


def _validate(swept: list[pytest.Item], marked: list[pytest.Item], registries: Registries) -> None:
    for item in marked:
        marks = list(item.iter_markers("fault"))
        for mark in marks:
            _check_fault(f"{item.nodeid}: @pytest.mark.fault", mark, registries.faults)
        if len(marks) < 2:
            continue
        callspec = getattr(item, "callspec", None)
        if callspec is None:
            raise pytest.UsageError(
                f"{item.nodeid}: {len(marks)} fault markers, and a test of unittest can only have one: "
                "it cannot run once under each"
            )
        if any(mark.name == "fault" for mark in callspec.marks):
            raise pytest.UsageError(
                f"{item.nodeid}: {len(marks)} fault markers, and the one of a parameter must be the only one: "
                "it cannot run once under each"
            )
    for item in swept:
        for mark in item.iter_markers("prodready"):
            _check_sweep(f"{item.nodeid}: @pytest.mark.prodready", mark, registries.names)


def _check_fault(where: str, mark: pytest.Mark, known: Faults) -> None:
    if len(mark.args) > len(MARKER_ARGUMENTS):
        raise pytest.UsageError(f"{where} takes {', '.join(MARKER_ARGUMENTS)}, and got {len(mark.args)} arguments")
    _known(where, mark, MARKER_ARGUMENTS)
    given = dict(zip(MARKER_ARGUMENTS, mark.args, strict=False))
    twice = next((name for name in mark.kwargs if name in given), None)
    if twice is not None:
        raise pytest.UsageError(f"{where}: {twice} is given twice")
    given |= mark.kwargs
    name = given.get("name")
    if not isinstance(name, str):
        raise pytest.UsageError(f"{where} needs the name of a fault")
    if name not in known.by_name:
        raise pytest.UsageError(f"{where}: {unknown(name, known)}")
    occurrence = given.pop("occurrence", 1)
    if not _is_ordinal(occurrence):
        raise pytest.UsageError(f"{where}: occurrence={occurrence!r} must be a number from 1")
    for argument, value in given.items():
        if value is not None and not (isinstance(value, str) and value.strip()):
            raise pytest.UsageError(f"{where}: {argument}={value!r} must be a text")


def _check_sweep(where: str, mark: pytest.Mark, names: Sequence[str]) -> None:
    if mark.args:
        raise pytest.UsageError(f"{where} takes its arguments by name: {', '.join(SWEEP_ARGUMENTS)}")
    _known(where, mark, SWEEP_ARGUMENTS)
    for option in ("select", "ignore"):
        patterns = mark.kwargs.get(option) or ()
        if not isinstance(patterns, (list, tuple, set, frozenset)) or not all(isinstance(p, str) for p in patterns):
            raise pytest.UsageError(f"{where}: {option}={patterns!r} must be a list of names, such as ['db.*']")
        for pattern in patterns:
            if not matches(names, [pattern]):
                close = difflib.get_close_matches(pattern, names, n=1, cutoff=0.5)
                hint = f"; did you mean {close[0]!r}?" if close else ""
                raise pytest.UsageError(f"{where}: {option}={pattern!r} is no pillar, check or fault{hint}")
    deadline = mark.kwargs.get("deadline")
    number = isinstance(deadline, (int, float)) and not isinstance(deadline, bool)
    if deadline is not None and not (number and deadline > 0):
        raise pytest.UsageError(f"{where}: deadline={deadline!r} must be a number of seconds")
    if "skip" in mark.kwargs and not (isinstance(mark.kwargs["skip"], str) and mark.kwargs["skip"].strip()):
        raise pytest.UsageError(f"{where}: skip needs a reason")


def _known(where: str, mark: pytest.Mark, arguments: Sequence[str]) -> None:
    for name in mark.kwargs:
        if name not in arguments:
            close = difflib.get_close_matches(name, arguments, n=1)
            hint = f"; did you mean {close[0]!r}?" if close else f"; there are {', '.join(arguments)}"
            raise pytest.UsageError(f"{where}: no argument is called {name!r}{hint}")
