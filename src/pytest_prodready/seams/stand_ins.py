"""Stand-ins: what a test puts in a library's place with `unittest.mock`, pytest-mock or monkeypatch.

A stand-in ends the way to the library: the call of the double *is* the interaction. It is reported under the
name of the library that it stands for, and fails as the library would. The double itself is not touched: a
mock keeps its records, and what was replaced is put back as it was.
"""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field, replace
from importlib import import_module
from types import FrameType, FunctionType, MethodType, ModuleType
from typing import Any
from urllib.parse import urlencode

import wrapt

from ..trace import SAFE_METHODS, Call, http_operation, json_text
from . import Patches, Seam, hub, pacing, stand_ins_http, stand_ins_mail
from . import httpx as httpx_seam
from . import requests as requests_seam
from . import smtp as smtp_seam
from . import urllib3 as urllib3_seam
from .sql import Statement, classify

#: The root package of what is replaced -> the name of its seam.
LIBRARIES = {
    "requests": "requests",
    "httpx": "httpx",
    "httpx2": "httpx2",
    "urllib3": "urllib3",
    "urllib": "urllib",
    "http": "http.client",
    "smtplib": "smtplib",
    "sqlite3": "sqlite3",
    "_sqlite3": "sqlite3",
}
VERBS = frozenset({"get", "options", "head", "post", "put", "patch", "delete"})
SENDERS = VERBS | {"request", "stream", "send"}
CLIENTS = frozenset({"Session", "session", "Client", "AsyncClient", "PoolManager"})
#: Libraries whose doubles `stand_ins_http` knows.
OTHER_HTTP = frozenset({"urllib3", "urllib", "http.client"})
STATEMENTS = frozenset({"execute", "executemany", "executescript"})
Put = Callable[[Any, str, Any], None]
#: Where the URL of a request is unknown: a stand-in for a method of a client that nobody can see.
NOWHERE = "http://stand-in.invalid"


@dataclass
class Double:
    """What a test's double stands for.

    Attributes:
        library: the name of the seam.
        path: from the library's root; `()` is a call: `("Session", "()", "post")`.
        owner: the client whose method it replaces, if one is known.
        made: the keyword arguments that the client's constructor got.
        changed: the database connection that it stands for has something to commit.
        put: replaces an attribute until the double goes.
        forget: called with each mock that is to be forgotten when the double goes.
    """

    library: str
    path: tuple[str, ...]
    owner: Any = None
    made: dict[str, Any] = field(default_factory=dict)
    changed: bool = False
    put: Put | None = None
    forget: Callable[[Any], None] | None = None


#: Mocks that stand for something, by id; the mock is kept, so that its id is not given to another.
_doubles: dict[int, tuple[Any, Double]] = {}
#: What a patcher or MonkeyPatch has to take back, by its id.
_undo: dict[int, list[Callable[[], None]]] = {}


class StandIn(wrapt.FunctionWrapper):  # type: ignore[type-arg]
    """A plain function that stands for a library's."""

    def __init__(self, wrapped: Any, double: Double) -> None:
        super().__init__(wrapped, self._call)
        self._self_double = double

    def _call(self, wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        double: Double = self._self_double
        if instance is not None and not isinstance(instance, type):
            double = replace(double, owner=instance)
        return _report(double, double.path, None, args, kwargs, lambda: wrapped(*args, **kwargs))


# ---------------------------------------------------------------------- what is replaced
def _stands_for(original: Any) -> Double | None:
    """What a double stands for that takes the place of `original`; None where we do not know the library."""
    if isinstance(original, StandIn):
        found: Double = original._self_double
        return found
    if (known := _known_mock(original)) is not None:
        return replace(known[0], path=(*known[0].path, *known[1]))
    if isinstance(original, ModuleType):
        return _double(original.__name__, ())
    if isinstance(original, type):
        return _double(original.__module__, (original.__name__,))
    for library in ("requests", "httpx", "httpx2", "urllib3", "smtplib", "sqlite3"):
        for kind in _client_types(library):
            if isinstance(original, kind):
                return Double(library, ("connect" if library == "sqlite3" else kind.__name__, "()"), owner=original)
    module, name = getattr(original, "__module__", None), getattr(original, "__qualname__", None)
    if not isinstance(module, str) or not isinstance(name, str) or not callable(original):
        return None
    *classes, last = name.split(".")
    double = _double(module, (*(part for cls in classes for part in (cls, "()")), last))
    if double is not None:
        double.owner = getattr(original, "__self__", None) if classes else None
    return double


def _double(module: str, path: tuple[str, ...]) -> Double | None:
    library = LIBRARIES.get(module.partition(".")[0])
    return None if library is None else Double(library, path)


def _client_types(library: str) -> tuple[type, ...]:
    if library == "requests":
        known = getattr(requests_seam, "originals", None)
        return () if known is None else (known.Session,)
    if library == "sqlite3":
        import sqlite3

        return (sqlite3.Connection,)
    if library == "urllib3":
        manager = getattr(urllib3_seam, "originals", None)
        return () if manager is None else (manager.PoolManager, manager.HTTPConnectionPool)
    if library == "smtplib":
        smtp = getattr(smtp_seam, "originals", None)
        return () if smtp is None else (smtp.SMTP,)
    found = httpx_seam.originals.get(library)
    return () if found is None else (found.Client, found.AsyncClient)


def _known_mock(candidate: Any) -> tuple[Double, tuple[str, ...]] | None:
    """Of a mock, what its root stands for and the names from there to it."""
    if not _doubles:
        return None
    candidate = _mock_of(candidate)
    names: list[str] = []
    for _ in range(20):
        if candidate is None:
            return None
        entry = _doubles.get(id(candidate))
        if entry is not None:
            return entry[1], tuple(reversed(names))
        try:
            state = vars(candidate)
        except TypeError:
            return None
        names.append(state.get("_mock_new_name") or "")
        candidate = state.get("_mock_new_parent")
    return None


def _mock_of(candidate: Any) -> Any:
    """An autospecced function keeps its mock in an attribute."""
    if type(candidate) is FunctionType:  # a mock with a function's spec says that it is one as well
        return vars(candidate).get("mock")
    return candidate


def _steps(path: tuple[str, ...]) -> tuple[str, ...]:
    """The path without the steps into a context manager."""
    steps: list[str] = []
    for part in path:
        if part == "()" and steps and steps[-1] in ("__enter__", "__aenter__"):
            steps.pop()
        else:
            steps.append(part)
    return tuple(steps)


# ---------------------------------------------------------------------- the calls
def _report(
    double: Double,
    path: tuple[str, ...],
    mock: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    do: Callable[[], Any],
) -> Any:
    """A double is called: report it, if it stands for something that is an interaction."""
    if hub.trace is None or hub.inside:
        return do()
    steps = _steps(path)
    if double.library == "sqlite3":
        return _database(double, steps, mock, args, kwargs, do)
    if double.library == "smtplib":
        answer = stand_ins_mail.report(double, steps, args, kwargs, do)
        return _made(double, steps, answer) if stand_ins_mail.is_constructor(steps) else answer
    if double.library in OTHER_HTTP:
        steps = stand_ins_http.bare(double.library, steps)
        if not stand_ins_http.is_constructor(double.library, steps):
            return stand_ins_http.report(double, steps, args, kwargs, do)
        double.made = stand_ins_http.constructed(double.library, args, kwargs)
        return _made(double, steps, do())
    if len(steps) == 1 and steps[0] in CLIENTS:
        double.made = kwargs
        return _made(double, steps, do())
    of_client = len(steps) == 3 and steps[0] in CLIENTS and steps[1] == "()"
    verb = steps[-1] if of_client or len(steps) == 1 else ""
    if verb not in SENDERS or (verb == "send" and not of_client) or (verb == "stream" and double.library == "requests"):
        return do()
    if of_client and args and isinstance(args[0], _client_types(double.library)):
        double, args = replace(double, owner=args[0]), args[1:]
    elif of_client and double.owner is None:
        double = replace(double, owner=_own_caller(_client_types(double.library)))
    sending = _Sending(double, verb, args, kwargs)
    if steps[0] == "AsyncClient" and verb != "stream":
        return _send_async(sending, do)
    return _send(sending, do)


def _own_caller(types: tuple[type, ...]) -> Any:
    """The client a method of which calls what is replaced (`super().send(request)`): a double is not told its instance."""
    frame: FrameType | None = sys._getframe(1)
    while frame is not None and not hub.is_source(frame.f_code.co_filename):
        frame = frame.f_back
    names = frame.f_code.co_varnames[:1] if frame is not None and frame.f_code.co_argcount else ()
    first = frame.f_locals.get(names[0]) if frame is not None and names else None
    return first if isinstance(first, types) else None


def _made(double: Double, steps: tuple[str, ...], result: Any) -> Any:
    """A constructor gave a client or connection: listen to it, if it is a double that we do not know yet."""
    if double.put is not None and double.forget is not None and _known_mock(result) is None:
        inner = replace(double, path=(*steps, "()"))
        if not _listen(result, inner, double.forget):
            _cover_methods(result, inner, double.put, double.forget)
    return result


def _send(sending: _Sending, do: Callable[[], Any]) -> Any:
    call: Call | None = None

    def describe() -> Call:
        nonlocal call
        call = sending.describe()
        return call

    def ask() -> Any:
        result = do()
        if call is not None:
            call.reply = _reply_of(result)
        return result

    answer = hub.around(describe, sending.exchange(ask, False), ask)
    if sending.verb == "stream" and call is not None and call.faulted is not None and not hasattr(answer, "__enter__"):
        return _Streamed(answer)
    return answer


def _send_async(sending: _Sending, do: Callable[[], Any]) -> Any:
    call: Call | None = None

    def describe() -> Call:
        nonlocal call
        call = sending.describe()
        return call

    async def ask() -> Any:
        result = await do()
        if call is not None:
            call.reply = _reply_of(result)
        return result

    return hub.around_async(describe, sending.exchange(ask, True), ask)


class _Streamed:
    """The answer of `stream()`, which is used as a context manager."""

    def __init__(self, response: Any) -> None:
        self._response = response

    def __enter__(self) -> Any:
        return self._response

    def __exit__(self, *exc: object) -> None:
        self._response.close()

    async def __aenter__(self) -> Any:
        return self._response

    async def __aexit__(self, *exc: object) -> None:
        await self._response.aclose()


class _Sending:
    """The arguments of `get`, `request`, `send` …, read as the library would read them."""

    def __init__(self, double: Double, verb: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        self.double, self.verb, self.args, self.kwargs = double, verb, args, kwargs
        self._request: Any = None
        self.given: Any = None  # a request that was made already
        if verb == "send":
            self.given = args[0] if args else kwargs.get("request")
            self.method = str(getattr(self.given, "method", None) or "GET").upper()
            self.url = str(getattr(self.given, "url", None) or "")
        elif verb in ("request", "stream"):
            rest = list(args)
            self.method = str(kwargs["method"] if "method" in kwargs else rest.pop(0) if rest else "GET").upper()
            self.url = self._full(kwargs["url"] if "url" in kwargs else rest[0] if rest else "")
        else:
            self.method = verb.upper()
            self.url = self._full(kwargs["url"] if "url" in kwargs else args[0] if args else "")

    def _full(self, given: Any) -> str:
        url = str(given)
        base = str(self.double.made.get("base_url") or getattr(self.double.owner, "base_url", ""))
        if "://" not in url and "://" in base:
            url = f"{base.rstrip('/')}/{url.lstrip('/')}"
        params = self.kwargs.get("params")
        if params and isinstance(params, dict | list | tuple):
            with suppress(TypeError, ValueError):
                url += ("&" if "?" in url else "?") + urlencode(params, doseq=True)
        return url

    def describe(self) -> Call:
        operation, host = http_operation(self.method, self.url)
        timeout, for_ever = self._requests_timeout() if self.double.library == "requests" else self._httpx_timeout()
        call = Call(
            seam=self.double.library, family="http", kind="request", operation=operation, target=host,
            effect=self.method not in SAFE_METHODS, statement=self.url, timeout=timeout,
            waits_for_ever=for_ever, passed_in=self._made_by_test(),
        )  # fmt: skip
        if call.effect:
            self._keep_request(call)
        return call

    def _made_by_test(self) -> bool:
        makers = requests_seam._makers if self.double.library == "requests" else httpx_seam._makers
        try:
            return makers.get(self.double.owner) == "test"
        except TypeError:  # nobody's, or one that cannot be referred to weakly
            return False

    def _keep_request(self, call: Call) -> None:
        """What would have been sent, with the headers of the client."""
        seam = requests_seam if self.double.library == "requests" else httpx_seam
        seam.keep_request(call, self.request())
        for headers in (self.double.made.get("headers"), getattr(self.double.owner, "headers", None)):
            with suppress(Exception):
                call.headers = {str(k).lower(): str(v) for k, v in headers.items()} | call.headers  # type: ignore[union-attr]

    def _requests_timeout(self) -> tuple[float | None, bool]:
        connect, read = requests_seam.timeouts(self.kwargs.get("timeout"))
        if connect is not None and read is not None:
            return read, False
        owner = self.double.owner
        decides = isinstance(owner, _client_types("requests")) and requests_seam.decides_timeout(owner, self.url)
        return read, not decides

    def _httpx_timeout(self) -> tuple[float | None, bool]:
        """httpx has a time-out of 5 seconds, unless it is told to have none."""
        value: Any = 5.0
        owner: Any = self.double.owner
        if self.given is not None:
            times = (getattr(self.given, "extensions", None) or {}).get("timeout")
            value = times if isinstance(times, dict) else value
        elif "timeout" in self.kwargs and type(self.kwargs["timeout"]).__name__ != "UseClientDefault":
            value = self.kwargs["timeout"]
        elif "timeout" in self.double.made:
            value = self.double.made["timeout"]
        elif isinstance(owner, _client_types(self.double.library)):
            value = getattr(owner, "timeout", value)
        if isinstance(value, tuple):
            value = dict(zip(("connect", "read"), value, strict=False))
        if isinstance(value, dict):
            connect, read = value.get("connect"), value.get("read")
        else:
            connect, read = getattr(value, "connect", value), getattr(value, "read", value)
        return (float(read) if isinstance(read, int | float) else None), connect is None or read is None

    # ---------------------------------------------------------------------- for the drivers
    def exchange(self, again: Callable[[], Any], is_async: bool) -> Any:
        library, kwargs = self.double.library, self.kwargs
        if library == "requests":
            owner = self.double.owner
            session = owner if isinstance(owner, _client_types("requests")) else None
            options = {"timeout": kwargs.get("timeout"), "stream": bool(kwargs.get("stream"))}
            options["allow_redirects"] = bool(kwargs.get("allow_redirects", self.method != "HEAD"))
            return requests_seam.Exchange(self.request, session, options, again)
        redirects = kwargs.get("follow_redirects", self.double.made.get("follow_redirects"))
        options = {"follow_redirects": redirects if isinstance(redirects, bool) else False}
        if self.verb == "send" and kwargs.get("stream"):
            options["stream"] = True
        return httpx_seam.Exchange(library, self.request, None, options, again, is_async)

    def request(self) -> Any:
        """A real request like the one that would have been sent."""
        if self._request is None:
            make = self._prepared if self.double.library == "requests" else self._httpx_request
            self._request = make()
        return self._request

    def _arguments(self, *names: str) -> dict[str, Any]:
        return {name: self.kwargs[name] for name in names if self.kwargs.get(name) is not None}

    def _prepared(self) -> Any:
        from requests.models import PreparedRequest, Request

        if isinstance(self.given, PreparedRequest):
            return self.given
        url = self.url if "://" in self.url else f"{NOWHERE}/{self.url.lstrip('/')}"
        try:
            return Request(self.method, url, **self._arguments("headers", "data", "json")).prepare()
        except Exception:
            return Request(self.method, NOWHERE).prepare()

    def _httpx_request(self) -> Any:
        library = import_module(self.double.library)
        if isinstance(self.given, library.Request):
            return self.given
        url = self.url if "://" in self.url else f"{NOWHERE}/{self.url.lstrip('/')}"
        timeout, for_ever = self._httpx_timeout()
        extensions = {"timeout": library.Timeout(None if for_ever else timeout or 5.0).as_dict()}
        given = self._arguments("headers", "content", "data", "json")
        try:
            return library.Request(self.method, url, extensions=extensions, **given)
        except Exception:
            return library.Request(self.method, NOWHERE, extensions=extensions)


def _reply_of(result: Any) -> str | None:
    """The JSON that a double answers, asked without leaving a mark on it."""
    try:
        state = vars(result)
    except TypeError:
        return None
    content = state.get("_content")
    if isinstance(content, bytes):
        return json_text(content)
    if "_mock_children" in state:
        json_method = state.get("json") or state["_mock_children"].get("json")
        inner = getattr(json_method, "__dict__", {})
        if "_mock_children" in inner:
            data = None if inner.get("_mock_side_effect") is not None else inner.get("_mock_return_value")
            return _dumped(data)
    else:
        json_method = getattr(result, "json", None)
    if not callable(json_method):
        text = state.get("text")
        return json_text(text) if isinstance(text, str) else None
    try:
        with hub.quiet():
            data = json_method()
        if inspect.iscoroutine(data):
            data.close()
            return None
    except Exception:
        return None
    return _dumped(data)


def _dumped(data: Any) -> str | None:
    if not isinstance(data, dict | list):
        return None
    try:
        return json_text(json.dumps(data))
    except (TypeError, ValueError, RecursionError):
        return None


# ---------------------------------------------------------------------- databases
def _database(
    double: Double,
    steps: tuple[str, ...],
    mock: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    do: Callable[[], Any],
) -> Any:
    if steps == ("connect",):
        target = str(args[0] if args else kwargs.get("database", ""))
        double.made = {"target": target}
        conn = hub.around(lambda: _sqlite_call(Statement("connect", "connect"), "", target), None, do)
        return _made(double, steps, conn)
    if steps[:2] != ("connect", "()"):
        return do()
    rest = steps[2:]
    target = double.made.get("target", "")
    if rest == ("commit",) or (rest == ("__exit__",) and not any(args) and double.changed):
        failable, double.changed = double.changed, False
        call = _sqlite_call(Statement("commit", "commit"), "COMMIT", target)
        call.failable = failable
        return hub.around(lambda: call, mock, do)
    if rest in (("rollback",), ("close",)):
        double.changed = False
        return do()
    if rest[-1:] and rest[-1] in STATEMENTS and rest[:-1] in ((), ("cursor", "()")):
        sql = args[0] if args else kwargs.get("sql")
        if not isinstance(sql, str):
            return do()
        statement = classify(sql)
        if statement.kind == "rollback":
            return do()
        failable = True
        if rest[-1] == "executescript" and statement.kind not in ("read", "write"):
            statement = Statement("write", "write")
        elif statement.kind in ("begin", "other"):
            statement, failable = Statement("read", "read"), False
        call = _sqlite_call(statement, sql, target)
        call.failable = failable
        answer = hub.around(lambda: call, mock, do)
        double.changed = double.changed or statement.kind == "write"
        return answer
    return do()


def _sqlite_call(statement: Statement, sql: str, target: str) -> Call:
    return Call(
        seam="sqlite3", family="db", kind=statement.kind, operation=statement.operation, target=target,
        effect=statement.kind in ("write", "commit"), statement=sql,
    )  # fmt: skip


# ---------------------------------------------------------------------- how doubles come and go
def _cover(target: Any, name: str, original: Any, value: Any, put: Put, forget: Callable[[Any], None]) -> None:
    """`target.name` was `original` and is `value` now: listen to `value`.

    Args:
        put: replaces an attribute until the double goes.
        forget: called with each mock that is to be forgotten when the double goes.
    """
    double = _stands_for(original)
    if double is None:
        return
    double.put, double.forget = put, forget
    if _listen(value, double, forget):
        return
    if _is_function(value):
        setattr(target, name, StandIn(value, double))
        return
    _cover_methods(value, double, put, forget)


def _cover_methods(value: Any, double: Double, put: Put, forget: Callable[[Any], None]) -> None:
    for owner, attribute, inner in list(_methods(value, double)):
        found = vars(owner)[attribute]
        if _is_function(found):
            put(owner, attribute, StandIn(found, inner))
        else:
            _listen(found, inner, forget)


def _listen(value: Any, double: Double, forget: Callable[[Any], None]) -> bool:
    """Remember a mock."""
    mock = _mock_of(value)
    try:
        is_mock = "_mock_children" in vars(mock)
    except TypeError:
        return False
    if is_mock and id(mock) not in _doubles:
        _doubles[id(mock)] = (mock, double)
        forget(mock)
    return is_mock


def _is_function(value: Any) -> bool:
    return isinstance(value, FunctionType | MethodType | staticmethod | classmethod) and not isinstance(value, StandIn)


def _clients(library: str) -> frozenset[str]:
    return stand_ins_mail.CLASSES if library == "smtplib" else CLIENTS


def _functions(library: str) -> frozenset[str]:
    own = {"sqlite3": frozenset({"connect"}), "smtplib": stand_ins_mail.CLASSES}
    return own.get(library, VERBS | {"request", "stream"} | CLIENTS)


def _senders(library: str) -> frozenset[str]:
    return stand_ins_mail.METHODS if library == "smtplib" else SENDERS


def _methods(value: Any, double: Double) -> Iterator[tuple[Any, str, Double]]:
    """The methods of a test's own class, object or namespace that stand for something."""
    steps = _steps(double.path)
    if double.library == "sqlite3" and steps != ():
        return
    if isinstance(value, type):
        if len(steps) == 1 and steps[0] in _clients(double.library):
            yield from _methods_of_class(value, replace(double, path=(*steps, "()")), _senders(double.library))
        return
    names: frozenset[str]
    if steps == ():
        names = _functions(double.library)
    elif len(steps) == 2 and steps[0] in _clients(double.library):
        names = _senders(double.library)
    else:
        return
    try:
        state = vars(value)
    except TypeError:
        return
    for name in sorted(names & state.keys()):
        inner = replace(double, path=(*steps, name))
        if isinstance(state[name], type):
            yield from _methods(state[name], inner)
        else:
            yield value, name, inner
    if not isinstance(value, ModuleType):
        yield from _methods_of_class(type(value), replace(double, path=steps), names)


def _methods_of_class(kind: type, double: Double, names: frozenset[str] = SENDERS) -> Iterator[tuple[Any, str, Double]]:
    for cls in kind.__mro__:
        if cls.__module__.partition(".")[0] in (*LIBRARIES, "builtins", "types", "unittest"):
            continue
        own = issubclass(cls, _client_types(double.library))
        for name in sorted(names & vars(cls).keys()):
            method = vars(cls)[name]
            if own and "super" in getattr(getattr(method, "__code__", None), "co_names", ()):
                continue  # it leads to the library itself
            if _is_function(method):
                yield cls, name, replace(double, path=(*double.path, name))


def _take_back(key: int) -> None:
    for action in reversed(_undo.pop(key, [])):
        action()


def _forgetter(actions: list[Callable[[], None]]) -> Callable[[Any], None]:
    def forget(mock: Any) -> None:
        actions.append(lambda: _drop(mock))

    return forget


def _drop(mock: Any) -> None:
    _doubles.pop(id(mock), None)


def _install_mock(module: Any, patches: Patches) -> None:
    enter, leave, mock_call = module._patch.__enter__, module._patch.__exit__, module.CallableMixin._mock_call

    def __enter__(self: Any) -> Any:
        result = enter(self)
        try:
            actions = _undo.setdefault(id(self), [])
            pacing.replaced(self.attribute, self.temp_original, actions)
            value = vars(self.target).get(self.attribute) if hasattr(self.target, "__dict__") else None
            if value is not None:
                _cover(
                    self.target,
                    self.attribute,
                    self.temp_original,
                    value,
                    _putter(actions),
                    _forgetter(actions),
                )
            if not actions:
                del _undo[id(self)]
        except Exception as exc:
            hub.internal_error("a stand-in could not be covered", exc)
        return result

    def __exit__(self: Any, *exc: Any) -> Any:
        _take_back(id(self))
        return leave(self, *exc)

    def _mock_call(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        if not _doubles or hub.trace is None or hub.inside:
            return mock_call(self, *args, **kwargs)
        known = _known_mock(self)
        if known is None:
            return mock_call(self, *args, **kwargs)
        double, names = known
        return _report(double, (*double.path, *names), self, args, kwargs, lambda: mock_call(self, *args, **kwargs))

    patches.set(module._patch, "__enter__", __enter__)
    patches.set(module._patch, "__exit__", __exit__)
    patches.set(module.CallableMixin, "_mock_call", _mock_call)


def _putter(actions: list[Callable[[], None]]) -> Put:
    def put(owner: Any, name: str, value: Any) -> None:
        before = vars(owner)[name]
        setattr(owner, name, value)
        actions.append(lambda: setattr(owner, name, before))

    return put


def _install_monkeypatch(module: Any, patches: Patches) -> None:
    cls = module.MonkeyPatch
    undo = cls.undo
    unset = getattr(module, "NOTSET", None) or getattr(module, "notset", None)

    def setattr_(wrapped: Any, monkeypatch: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        wrapped(*args, **kwargs)
        try:
            target, name, original = monkeypatch._setattr[-1]
            if original is unset:
                original = _inherited(target, name)
            value = vars(target).get(name)
            actions = _undo.setdefault(id(monkeypatch), [])
            pacing.replaced(name, original, actions)

            def put(owner: Any, name: str, value: Any) -> None:
                monkeypatch._setattr.append((owner, name, vars(owner)[name]))
                setattr(owner, name, value)

            _cover(target, name, original, value, put, _forgetter(actions))
            if not actions:
                del _undo[id(monkeypatch)]
        except Exception as exc:
            hub.internal_error("a stand-in could not be covered", exc)

    def setitem(wrapped: Any, monkeypatch: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        wrapped(*args, **kwargs)
        name = args[1] if len(args) > 1 else kwargs.get("name")  # `setenv` comes here too
        pacing.replaced(name, None, _undo.setdefault(id(monkeypatch), []))

    def undo_(self: Any) -> None:
        _take_back(id(self))
        undo(self)

    patches.wrap(cls, "setattr", setattr_)
    patches.wrap(cls, "setitem", setitem)
    patches.set(cls, "undo", undo_)


def _inherited(target: Any, name: str) -> Any:
    """What an attribute was that the target did not have itself."""
    for cls in target.__mro__[1:] if isinstance(target, type) else type(target).__mro__:
        if name in vars(cls):
            found = vars(cls)[name]
            if not isinstance(target, type) and hasattr(found, "__get__"):
                return found.__get__(target, type(target))
            return found
    return None


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "unittest.mock":
        _install_mock(module, patches)
    else:
        _install_monkeypatch(module, patches)
    patches.on_undo(_doubles.clear)


SEAM = Seam("stand-ins", ("unittest.mock", "_pytest.monkeypatch"), install)
