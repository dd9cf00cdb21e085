"""Stand-ins for requests and httpx: what a call of such a double asks for, and what it answers."""

from __future__ import annotations

import inspect
import json
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from importlib import import_module
from types import FrameType
from typing import Any
from urllib.parse import urlencode

from ..trace import SAFE_METHODS, Call, http_operation, json_text
from . import httpx as httpx_seam
from . import hub
from . import requests as requests_seam
from .doubles import Double, client_types

VERBS = frozenset({"get", "options", "head", "post", "put", "patch", "delete"})
SENDERS = VERBS | {"request", "stream", "send"}
CLIENTS = frozenset({"Session", "session", "Client", "AsyncClient", "PoolManager"})
#: Where the URL of a request is unknown: a stand-in for a method of a client that nobody can see.
NOWHERE = "http://stand-in.invalid"


def is_constructor(steps: tuple[str, ...]) -> bool:
    return len(steps) == 1 and steps[0] in CLIENTS


def report(
    double: Double, steps: tuple[str, ...], args: tuple[Any, ...], kwargs: dict[str, Any], do: Callable[[], Any]
) -> Any:
    """A double is called: report it, if it stands for something that is an interaction."""
    of_client = len(steps) == 3 and steps[0] in CLIENTS and steps[1] == "()"
    verb = steps[-1] if of_client or len(steps) == 1 else ""
    if verb not in SENDERS or (verb == "send" and not of_client) or (verb == "stream" and double.library == "requests"):
        return do()
    if of_client and args and isinstance(args[0], client_types(double.library)):
        double, args = replace(double, owner=args[0]), args[1:]
    elif of_client and double.owner is None:
        double = replace(double, owner=_own_caller(client_types(double.library)))
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
        decides = isinstance(owner, client_types("requests")) and requests_seam.decides_timeout(owner, self.url)
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
        elif isinstance(owner, client_types(self.double.library)):
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
            session = owner if isinstance(owner, client_types("requests")) else None
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
