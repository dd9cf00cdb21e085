"""What one run did, in order. Everything else reads this; this module knows nobody."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import FrameType
from typing import Any, NamedTuple, TypeVar

T = TypeVar("T")


class Site(NamedTuple):
    """A place in the user's source: file relative to the root directory, line from 1, qualified function name."""

    file: str
    line: int
    function: str


#: Of what has no place in the source: a distribution that nothing imports.
NOWHERE = Site("", 0, "")


@dataclass(frozen=True, slots=True, eq=False)
class Place:
    """An instruction of source at which a frame stood; there is one object for each, so that stacks compare fast.

    `loop` is the line of the innermost loop around it, 0 for none, negative for one of a fixed number of turns.
    """

    site: Site | None
    loop: int = 0
    coroutine: bool = False


#: No frame: what is inside of it was handed to a task or thread.
HANDED = Place(None)


@dataclass(slots=True)
class Stack:
    """The project's frames on the stack of a call, innermost first; `outermost` is the last one below the test."""

    site: Site | None = None
    path: tuple[Site, ...] = ()
    outermost: FrameType | None = None
    from_test: bool = False
    ended: bool = False  # at a test; else the stack was cut, by a task or a thread
    declared: FrameType | None = None  # the outermost call of a function that the user declared an entry
    label: str = ""  # of that entry
    places: tuple[Place, ...] = ()  # of the same frames
    activations: tuple[
        int, ...
    ] = ()  # which of its function's activations each frame is; negative for what is no frame
    lazy: bool = False  # an ORM loads now what source reads
    number: int = 0  # of the task or thread that goes on from here

    def below(self, parent: Stack | None) -> Stack:
        """This stack, gone on with at the place where its task or thread was started."""
        if parent is None or self.ended:
            return self
        return Stack(
            self.site or parent.site, self.path + parent.path, parent.outermost or self.outermost,
            parent.from_test and self.site is None, parent.ended,
            parent.declared or self.declared, parent.label or self.label,
            (*self.places, HANDED, *parent.places), (*self.activations, -parent.number, *parent.activations), self.lazy,
        )  # fmt: skip

    def within(self, view: Site) -> Stack:
        """This stack, which no line of source is on, as that of a function that has returned."""
        return replace(
            self, site=view, path=(view,), places=(_declared(view), *self.places), activations=(-1, *self.activations)
        )


@lru_cache(maxsize=4096)
def _declared(site: Site) -> Place:
    return Place(site)


class Point(NamedTuple):
    """What is tried: a site, the operation it performs, and the entry through which the world got there."""

    site: Site
    operation: str
    entry: str


class Sleep(NamedTuple):
    """A wait: how many seconds of virtual time, and how many calls of the trace had been made before it.

    `within` says that a call was under way: its client waited, or the time-out of the call ran.
    """

    seconds: float
    after: int
    within: bool = False


class Deprecation(NamedTuple):
    """A use of what is deprecated.

    Attributes:
        site: the line of source that uses it; None where another distribution does.
        by: the top-level package that says so.
        own: source itself announces that a function of its own is deprecated.
    """

    site: Site | None
    by: str
    category: str
    text: str
    own: bool = False


#: What stands for the method where a command is run, where the test calls a function of source itself, and where what it gives to
#: that function is hostile already: then nobody means it.
RUN, CALL, HOSTILE = "RUN", "CALL", "HOSTILE"


@dataclass(slots=True)
class Request:
    """A request to the application as it arrived, over WSGI or ASGI; or a command that is run (its method is `RUN`).

    Or a function that the test calls: `path` names it, `body` holds those of its arguments that are text, as JSON, and `turn`
    tells how often the test called it before.

    `path` is decoded, `query` is not; names of headers are in lower case and may occur several times. Of a command `words` are
    the arguments, `body` what is typed in, `files` what those of the words hold that are files (number of the word, content),
    and `turn` tells how many commands the test ran before. `later` are seconds that pass before it is made.
    """

    method: str
    path: str
    query: str = ""
    headers: tuple[tuple[str, str], ...] = ()
    body: bytes = b""
    words: tuple[str, ...] = ()
    files: tuple[tuple[int, bytes], ...] = ()
    turn: int = 0
    later: float = 0.0

    @property
    def is_command(self) -> bool:
        return self.method == RUN

    @property
    def is_call(self) -> bool:
        return self.method in (CALL, HOSTILE)

    @property
    def is_meant(self) -> bool:
        """Whether whoever calls may mean an argument to be what it is taken for: a statement, a command, a template."""
        return self.method == CALL

    @property
    def kind(self) -> str:
        """The way in: `route`, `command` or `call`."""
        return "command" if self.is_command else "call" if self.is_call else "route"

    def header(self, name: str) -> str:
        """The first header of that name, or an empty text."""
        return next((value for known, value in self.headers if known == name.lower()), "")


@dataclass(slots=True)
class ErrorInfo:
    """An exception, reduced to what checks need, so that no frame is kept alive.

    `origin` tells who made it: `foreign` (driver, client, interpreter, failed assert), `own` (a `raise` statement in
    source that makes a new exception), `framework` (a framework's own HTTP or CLI exception), `test` (a frame of a
    test file or fixture), `plugin` (our own bug), `blocked` (the socket guard), `ended` (the trial was ended by us).
    """

    name: str
    classes: tuple[str, ...]  # qualified names, the MRO
    text: str
    origin: str
    injected: bool = False
    site: Site | None = None
    texts: tuple[str, ...] = ()  # of the whole chain of causes and contexts


#: In place of a value that is a test's own double: whatever it was asked for, it says the same.
DOUBLE = "<double of the test>"


@dataclass(slots=True)
class Outcome:
    """How an entry ended, as the one outside saw it: a response, an exit, a return value or an exception.

    Of an `exit`, the status is its code, the body what was printed, and `errors` what went to stderr. Of a long response the body
    is the beginning, and `size` the number of bytes of all of it.
    """

    kind: str
    status: int | None = None
    headers: tuple[tuple[str, str], ...] = ()
    body: str = ""
    errors: str = ""
    value: Any = None
    error: ErrorInfo | None = None
    size: int = field(default=0, compare=False)

    @property
    def is_double(self) -> bool:
        """Whether what was returned is a test's own double, which cannot tell success from failure."""
        return isinstance(self.value, str) and self.value == DOUBLE

    @property
    def is_error(self) -> bool:
        if self.kind == "exit":
            return bool(self.status)
        return self.kind == "exception" or (self.status is not None and self.status >= 400)


#: Options by which a user asks a command to let exceptions through.
TRACEBACKS = frozenset(
    {"--traceback", "--tracebacks", "--full-traceback", "--show-traceback", "--stacktrace", "--stack-trace", "--debug"}
)


@dataclass(slots=True, eq=False)
class Entry:
    """Where the world entered the application: `route`, `command`, `task`, `declared` or `direct`.

    `handlers` are the classes (qualified names) for which the application registered error handlers, and for which
    it made a task's retries; `last_resort` is true when the framework's own answer to an unhandled exception was given,
    or the answer was broken off by it; `late` when it came only after the answer had been sent.
    """

    kind: str
    label: str
    number: int = 0
    activation: int = -1  # of a direct call: the number of the first entry of the same frame
    site: Site | None = None
    outcome: Outcome | None = None
    error: ErrorInfo | None = None
    last_resort: bool = False
    late: bool = False
    handlers: tuple[str, ...] = ()
    given: tuple[str, ...] = ()  # the arguments of a command: what the user said is no secret to him
    view: Site | None = None  # of a route or command: the function that answers it, by its first line
    request: Request | None = None  # of a route or command
    debug: bool = False  # of a route: the application has debugging on; trials switch it off
    unlimited: bool = False  # of a route: its limits of requests are switched off in the tests
    secrets: tuple[tuple[str, str], ...] = ()  # of a direct call: arguments that are named like a password
    printed: tuple[int, int] = (0, 0)  # how much stood in stdout and stderr when it began

    @property
    def shows_tracebacks(self) -> bool:
        """Whether a command was asked for the tracebacks of what goes wrong."""
        return not TRACEBACKS.isdisjoint(self.given)

    @property
    def fails(self) -> bool:
        """Whether the one outside saw a failure of the application: a 5xx or an exception."""
        outcome = self.outcome
        return outcome is None or outcome.kind == "exception" or (outcome.status is not None and outcome.status >= 500)


@dataclass(slots=True, eq=False)
class Call:
    """One observed interaction through a seam.

    `kind` is `connect`, `read`, `write`, `commit` for a database and `request` for HTTP. `effect` says that the world
    is changed by it. `failable` is false for what is never failed (ROLLBACK, close, a COMMIT of nothing).
    `timeout` is in seconds, None where none applies; `waits_for_ever` is None where it is not known. `background` says that
    the framework makes it once the answer has been sent, `by_test` that the test makes it itself. The `phase` is that of the
    test, or `startup`, or `again` for what a request does that we repeat. `payment` names the provider whose SDK makes it, or
    says `declared`; two calls come from one loop when the innermost of their `activations` that both have stands at the same of
    their `places`; `injected` are the values that a fault put into its reply. `parameters` are those of a statement as source
    gave them (of `many` a list of them);
    `payload`, `headers` (names in lower case) and `body` those of a request; `status` that of its answer. A write that
    `commits` is final at once: no transaction is open.
    """

    seam: str
    family: str
    kind: str
    operation: str
    target: str = ""
    effect: bool = False
    failable: bool = True
    statement: str = ""
    timeout: float | None = None
    waits_for_ever: bool | None = None
    handed_on: bool = False  # it would wait for ever, and source hands on the options of its caller, the test
    passed_in: bool = False  # the test made the connection or client and passed it in
    background: bool = False
    by_test: bool = False
    phase: str = ""
    number: int = 0
    site: Site | None = None
    path: tuple[Site, ...] = ()
    places: tuple[Place, ...] = ()
    activations: tuple[int, ...] = ()
    lazy: bool = False  # an ORM makes it, since source reads what is not loaded yet
    blocks: bool = False  # it is made in a coroutine of source, and the loop waits until it is over
    rows: int = 0  # that were fetched so far
    plan: tuple[str, ...] = ()  # how the database looks for the rows, in its words
    composed: bool = False  # source makes a table of names that it is given: its columns are written nowhere in source
    unplanned: str = ""  # why its planner could not be asked
    entry: Entry | None = None
    error: ErrorInfo | None = None
    reply: str | None = None  # the text of a reply that was really observed, for faults that malform it
    faulted: str | None = None  # the fault that struck this call
    effect_happened: bool = False  # the fault struck after the effect
    payment: str = ""
    injected: tuple[str, ...] = ()
    parameters: Any = None
    many: bool = False
    commits: bool = False
    payload: Any = None
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes = b""
    status: int | None = None
    tries: int = 1  # how often the client itself sent it; none: its own repetition of the call before

    @property
    def point(self) -> Point | None:
        if self.site is None or self.entry is None:
            return None
        return Point(self.site, self.operation, self.entry.label)


@dataclass(slots=True, eq=False)
class Lease:
    """A connection that was opened (`connection`), or checked out of a pool (`check-out`).

    `name` is its pool or the place of connecting, `path` the stack there. It is given back by a close, a check-in or a
    disposal, in the functions `closed_in`; what only the garbage collector ends stays open.
    """

    kind: str
    name: str
    path: tuple[Site, ...]
    entry: Entry | None
    closed: bool = False
    closed_in: tuple[str, ...] = ()
    left: bool = False  # the end of a `with` block ended its transaction, and left it open


@dataclass(slots=True, eq=False)
class Growing:
    """What grows with the data: `counts` of `what` at each of `sizes`, the exponent, and a call that makes most of it."""

    what: str
    slope: float
    sizes: tuple[int, ...]
    counts: tuple[int, ...]
    call: Call


@dataclass(slots=True, eq=False)
class Making:
    """An engine, pool or client that a line of source makes itself.

    `call` stands for it: it says where, and in which entry. `over` says that it did not outlive that.
    """

    what: str
    call: Call
    ended: Callable[[], bool] = lambda: False
    over: bool = False


@dataclass(slots=True)
class LogRecord:
    level: int
    logger: str
    text: str
    site: Site | None = None  # of an attacked request: the line of source that recorded it


class Written(NamedTuple):
    """A log record of the ordinary run as it is written, after filters, by formatters; with the text of its exception.

    It is `doubtful` where nothing but the configuration of a deployment can tell whether it is written at all.
    """

    text: str
    site: Site
    path: tuple[Site, ...]
    doubtful: bool = False


class Hashed(NamedTuple):
    """What source gave to a fast hash: its name in `hashlib`, the data, the place."""

    algorithm: str
    data: bytes
    site: Site


@dataclass(slots=True)
class Sink:
    """A place where input can act, and that a token of ours got to.

    `kind` is `sql`, `file`, `command`, `code`, `template`, `pickle`, `host` …; `bites` tells that it got there as code and not as
    data; `text` is what arrived there, `proof` the part of it that shows it. `site` is the line of source that led there, and
    `view` the function that answers with what another has built. What `stops` was kept from happening. Whoever asks about a
    file is told of the file `instead` of it, where there is one. What `keeps` names is to be afterwards as it was before.
    """

    kind: str
    text: str
    bites: bool = False
    stops: bool = False
    proof: str = ""
    site: Site | None = None
    view: Site | None = None
    instead: str = ""
    keeps: str = ""
    marked: str = ""  # `text` with what the input has brought between » and «


@dataclass(slots=True, eq=False)
class Attempt:
    """One attacked request: what was put where, and how far it got.

    The one of attack `""` is the probe: a harmless token at the same place. `value` is what was put into the leaf, or what
    was done to the request as a whole.
    """

    attack: str
    leaf: str
    value: str
    token: str
    request: Request
    is_text: bool = True  # what was put there is `value`; else that tells of it
    entry: Entry | None = None
    sinks: list[Sink] = field(default_factory=list)
    calls: tuple[int, int] = (0, 0)  # of the trace, which it made: from, to
    logs: tuple[int, int] = (0, 0)
    ended: str | None = None  # why it was ended
    ran: tuple[Site, ...] = ()  # of an attack on credentials: the functions of source that looked at them
    doubled: bool = False  # likewise: a function of the test ran in it, which may have decided


@dataclass(slots=True, eq=False)
class Trace:
    """Everything one run of one test did."""

    test: str
    phase: str = "setup"
    calls: list[Call] = field(default_factory=list)
    entries: list[Entry] = field(default_factory=list)
    body: slice = field(default_factory=lambda: slice(0, 0))  # those of the entries that were made in the test's body
    logs: list[LogRecord] = field(default_factory=list)
    written: list[Written] = field(default_factory=list)
    hashed: list[Hashed] = field(default_factory=list)
    sleeps: list[Sleep] = field(default_factory=list)
    waits: list[int] = field(
        default_factory=list
    )  # of the ordinary run: how many calls had been made before each sleep
    deprecations: list[Deprecation] = field(default_factory=list)
    signals: list[str] = field(default_factory=list)  # what else told of trouble: warnings, events of an error tracker
    muted: list[str] = field(default_factory=list)  # loggers that would have told, had they not been switched off
    printed_errors: str = ""  # what the test's body printed to stderr
    unpaced: bool = False  # the test took waits away: there is no telling how long they are
    unrecorded: bool = False  # the test put something in the place of a logger or tracker
    planned: set[str] = field(default_factory=set)  # statements whose plan was asked for
    designed: set[str] = field(default_factory=set)  # tables that a framework made as source has designed them
    leases: list[Lease] = field(default_factory=list)  # connections that were taken
    growing: list[Growing] = field(default_factory=list)  # what the `growth` fixture saw grow too fast
    more_rows: set[Site] = field(default_factory=set)  # where more rows were fetched the more data there was
    makings: list[Making] = field(default_factory=list)  # engines and clients that source made
    blocking: list[Call] = field(
        default_factory=list
    )  # what else a coroutine of source waited for, and the loop with it
    again: list[Entry] = field(default_factory=list)  # the struck request, made again once the fault was over
    beside: list[Entry] = field(default_factory=list)  # another route that was asked then
    attempts: list[Attempt] = field(default_factory=list)
    commands: int = 0  # that were run so far
    struck: Call | None = None
    ended: str | None = None  # why we ended the run: the deadline, or the budget of virtual time
    stuck: str | None = None  # the same, of the request that was made again
    error: ErrorInfo | None = None  # what left the test's body
    passed: bool = False
    seconds: float = 0.0
    why_failed: str = ""
    unswept: str | None = None  # why this test cannot be run again
    _known: dict[object, tuple[int, Any]] = field(default_factory=dict)

    def once(self, what: object, make: Callable[[], T]) -> T:
        """What `make` makes of the calls so far: every check asks for the same."""
        known = self._known.get(what)
        if known is None or known[0] != len(self.calls):
            known = self._known[what] = len(self.calls), make()
        found: T = known[1]
        return found

    def end(self, why: str) -> None:
        """We end the run, or what is repeated in it; the first reason counts."""
        if self.phase in ("again", "beside"):
            self.stuck = self.stuck or why
        elif self.stuck is None:
            self.ended = self.ended or why

    @property
    def fails_again(self) -> bool:
        """Whether the request that was made again failed in the end; a refusal (409 for what exists already) is no failure."""
        stuck = self.stuck is not None and not self.beside
        return stuck or (bool(self.again) and self.again[-1].fails)

    @property
    def fails_beside(self) -> bool:
        """Whether another route failed then."""
        return bool(self.beside) and (self.stuck is not None or self.beside[-1].fails)

    @property
    def left_open(self) -> dict[str, int]:
        """How many connections were not given back, by pool or place of connecting."""
        return Counter(lease.name for lease in self.leases if not lease.closed)

    def source_calls(self) -> Iterator[Call]:
        """The calls that the application made in the test's body."""
        made = lambda: [call for call in self.calls if call.phase == "call" and call.site is not None]  # noqa: E731
        return iter(self.once("source", made))


def point_from(data: Any) -> Point:
    """A point that was plain data."""
    return Point(Site(*data[0]), data[1], data[2])


_UUID = re.compile(r"[0-9a-fA-F]{8}-(?:[0-9a-fA-F]{4}-){3}[0-9a-fA-F]{12}")
_HEX = re.compile(r"(?<![0-9a-zA-Z])(?=[a-fA-F]*[0-9])[0-9a-fA-F]{6,}(?![0-9a-zA-Z])")
_LONG_HEX = re.compile(r"(?=[a-f]*[0-9][a-f]*[0-9])[0-9a-f]{16,}")  # also where a letter stands before it
_MIXED = re.compile(r"(?<![0-9a-zA-Z])(?=[a-zA-Z]*[0-9]+[a-zA-Z]+[0-9])[0-9a-zA-Z]{8,}(?![0-9a-zA-Z])")  # `7UhSN1zuXS`
_DIGITS = re.compile(r"[0-9]+")
_TOKEN = re.compile(
    r"(?<=/)(?=[^/]*[0-9])(?=[^/]*[a-z])(?=[^/]*[A-Z])[A-Za-z0-9_.=-]{20,}(?=/|\Z)"
)  # signed, in a path


def normalise(text: str) -> str:
    """Replace what differs from run to run (UUIDs, tokens in a path, hex of 6 and more, ids of letters and digits) by a fixed mark."""
    for pattern in (_TOKEN, _UUID, _HEX, _LONG_HEX, _MIXED, _DIGITS):
        text = pattern.sub("<n>", text)
    return text


_LOOPBACK = ("localhost", "127.0.0.1", "[::1]", "::1")
_URL = re.compile(
    r"^(?:[a-zA-Z][a-zA-Z0-9+.-]*://)?(?:[^/?#@]*@)?(?P<host>\[[^\]]*\]|[^/?#:]*)(?P<port>:[0-9]+)?(?P<path>/[^?#]*)?"
)


def http_operation(method: str, url: str) -> tuple[str, str]:
    """(operation, host) of a request: no scheme, user info, query; loopback ports are left out."""
    match = _URL.match(url)
    host = (match["host"] if match else "").lower()
    port = (match["port"] or "") if match and host not in _LOOPBACK else ""
    version = re.compile(r"^v[0-9]+$")  # an API's version is a name, not a number of something
    whole = _TOKEN.sub("<n>", (match["path"] or "") if match else "")
    path = "/".join(part if version.match(part) else normalise(part) for part in whole.split("/"))
    if port in (":80", ":443"):
        port = ""
    return f"{method.upper()} {host}{port}{path}", host


#: Families of calls in which the application asks nobody for anything: what comes in, and what time it is.
INWARD = frozenset({"incoming", "clock"})
#: Faults that end the transaction: what was written in it and not committed is gone.
ENDING = frozenset({"db.connection-dropped", "db.disk-full"})
#: Methods of HTTP that change nothing.
SAFE_METHODS = frozenset({"GET", "HEAD", "OPTIONS", "TRACE"})
#: Bodies of requests above this size are not kept.
LARGEST_REQUEST = 64 * 1024
#: Replies above this size are not kept.
LARGEST_REPLY = 64 * 1024


def json_text(content: bytes | str) -> str | None:
    """The text of a reply, if it is JSON of a size worth keeping."""
    if not content or len(content) > LARGEST_REPLY:
        return None
    try:
        text = content if isinstance(content, str) else content.decode(json.detect_encoding(content))
        json.loads(text)
    except (ValueError, RecursionError):
        return None
    return text


#: Types of text that programs read. HTML is for people: what reads it anyhow gets along with other HTML.
_READ_BY_PROGRAMS = re.compile(
    r"(?:text/(?:csv|plain|tab-separated-values|xml|yaml)|application/(?:csv|x-yaml|yaml|(?:[\w.-]+\+)?xml))\b", re.I
)


def reply_text(content: bytes | str, headers: Any) -> str | None:
    """The text of a reply that a program reads (JSON whatever it calls itself, XML, CSV), if it is worth keeping.

    Args:
        headers: anything with `get`; names in any case.
    """
    found = json_text(content)
    if found is not None or not content or len(content) > LARGEST_REPLY:
        return found
    try:
        kind = headers.get("Content-Type")
        if not isinstance(kind, str) or _READ_BY_PROGRAMS.match(kind) is None:
            return None
        text = content if isinstance(content, str) else content.decode("utf-8")
    except (AttributeError, TypeError, ValueError):
        return None
    return text if text.strip() else None
