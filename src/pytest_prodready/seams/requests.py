"""requests: every `Session.send`, above whatever mocks it.

`Session.send` is the outermost method that has the prepared request and the final time-out. Redirects are
part of the call.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import CodeType, FrameType, ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation, reply_text
from . import Patches, Seam, _carried, hub

#: What the library was before anybody patched it: a driver lets the library itself raise, below all mocks.
originals: Originals


@dataclass(frozen=True)
class Originals:
    """The library's own classes and functions."""

    Session: Any
    HTTPAdapter: Any
    session_send: Callable[..., Any]
    adapter_send: Callable[..., Any]
    urlopen: Callable[..., Any]


class Exchange:
    """One request on its way: what a driver needs to fail it.

    Args:
        request: makes or gives the PreparedRequest.
        session: None for a stand-in, which has none.
        options: the keyword arguments of `Session.send`.
        again: makes the real (or mocked) call.
    """

    def __init__(
        self, request: Callable[[], Any], session: Any, options: dict[str, Any], again: Callable[[], Any]
    ) -> None:
        self._request = request
        self.session = session
        self.options = options
        self.again = again

    @property
    def request(self) -> Any:
        return self._request()

    @property
    def stream(self) -> bool:
        return bool(self.options.get("stream", self.session is not None and self.session.stream))


_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
#: What source gave as `json` or `data`, by the request that was made of it.
_payloads: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def timeouts(value: Any) -> tuple[float | None, float | None]:
    """(connect, read) of a `timeout` argument, in seconds."""
    if isinstance(value, tuple):
        connect, read = value if len(value) == 2 else (None, None)
    elif hasattr(value, "connect_timeout"):  # urllib3's Timeout
        connect = value.connect_timeout
        read = value._read if _seconds(value._read) is not None else value.total
    else:
        connect = read = value
    return _seconds(connect), _seconds(read)


def _seconds(value: Any) -> float | None:
    return float(value) if isinstance(value, int | float) and not isinstance(value, bool) else None


def mounted_adapter(session: Any, url: str) -> Any:
    """The adapter that the session really has for this URL, also while a mock stands before it."""
    try:
        return type(session).get_adapter(session, url)
    except Exception:
        return None


def decides_timeout(session: Any, url: str) -> bool:
    """Whether a subclass of the session or of its adapter sets a time-out of its own."""
    adapter = mounted_adapter(session, url)
    return (
        _overrides_timeout(session, originals.Session, "request")
        or _overrides_timeout(session, originals.Session, "send")
        or _overrides_timeout(adapter, originals.HTTPAdapter, "send")
    )


def _overrides_timeout(instance: Any, base: type, method: str) -> bool:
    if not isinstance(instance, base):
        return False
    for cls in type(instance).__mro__:
        if cls is base:
            return False
        code = getattr(vars(cls).get(method), "__code__", None)
        if code is not None and _mentions_timeout(code):
            return True
    return False


def _mentions_timeout(code: CodeType) -> bool:
    words = (*code.co_names, *code.co_consts, *code.co_varnames[code.co_argcount + code.co_kwonlyargcount :])
    return any("timeout" in word.lower() for word in words if isinstance(word, str))


def remember_reply(call: Call, response: Any) -> None:
    """Keep the text of an answer that was read already, if programs read it."""
    content = getattr(response, "_content", None)
    if isinstance(content, bytes):
        call.reply = reply_text(content, getattr(response, "headers", None))


def maker(frame: FrameType | None, instance: Any) -> str:
    """Who makes this client."""
    return hub.origin(caller(frame, instance))


def caller(frame: FrameType | None, instance: Any) -> FrameType | None:
    """The frame that makes this client: the constructors of its own subclasses do not count."""
    while frame is not None and frame.f_code.co_name == "__init__":
        names = frame.f_code.co_varnames
        if not names or frame.f_locals.get(names[0]) is not instance:
            break
        frame = frame.f_back
    return frame


def _init(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        with suppress(TypeError):  # a subclass that cannot be hashed
            _makers[instance] = maker(sys._getframe(1), instance)
            hub.made("session of requests", instance, caller(sys._getframe(1), instance))
    return wrapped(*args, **kwargs)


def _prepare_body(wrapped: Any, request: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        body = dict(zip(("data", "files", "json"), args, strict=False)) | kwargs
        with suppress(TypeError):
            _payloads[request] = _carried.given(body.get("json"), body.get("data"))
    return wrapped(*args, **kwargs)


def keep_request(call: Call, request: Any) -> None:
    """Keep what a PreparedRequest carries."""
    try:
        payload = _payloads.get(request)
    except TypeError:
        payload = None
    _carried.keep(call, request.headers, request.body, payload)


def _send(wrapped: Any, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    request: Any = args[0] if args else kwargs.get("request")
    if hub.trace is None or hub.inside or not hasattr(request, "prepare_url"):
        return wrapped(*args, **kwargs)
    call: Call | None = None
    options = {name: value for name, value in kwargs.items() if name != "request"}

    def describe() -> Call:
        nonlocal call
        url = request.url or ""
        method = (request.method or "GET").upper()
        operation, host = http_operation(method, url)
        connect, read = timeouts(kwargs.get("timeout"))
        for_ever = connect is None or read is None
        adapter = mounted_adapter(session, url) if for_ever else None
        if _overrides_timeout(adapter, originals.HTTPAdapter, "send"):
            for_ever = False
            read = read if read is not None else timeouts(getattr(adapter, "timeout", None))[1]
        try:
            made_by = _makers.get(session, "other")
        except TypeError:
            made_by = "other"
        call = Call(
            seam="requests", family="http", kind="request", operation=operation, target=host,
            effect=method not in SAFE_METHODS, statement=url, timeout=read, waits_for_ever=for_ever,
            passed_in=made_by == "test",
        )  # fmt: skip
        keep_request(call, request)
        return call

    def do() -> Any:
        response = wrapped(*args, **kwargs)
        if call is not None:
            remember_reply(call, response)
        return response

    return hub.around(describe, Exchange(lambda: request, session, options, do), do)


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    from requests.adapters import HTTPAdapter
    from requests.models import PreparedRequest
    from requests.sessions import Session
    from urllib3.connectionpool import HTTPConnectionPool

    send = vars(Session)["send"]
    urlopen = vars(HTTPConnectionPool)["urlopen"]
    urlopen = getattr(urlopen, "__wrapped__", urlopen)  # the seam of urllib3 came first
    originals = Originals(Session, HTTPAdapter, send, vars(HTTPAdapter)["send"], urlopen)
    patches.wrap(Session, "__init__", _init)
    patches.wrap(Session, "send", _send)
    patches.wrap(PreparedRequest, "prepare_body", _prepare_body)
    mocker = sys.modules.get("requests_mock.mocker")
    if mocker is not None and getattr(mocker, "_original_send", None) is send:
        # it was imported before us, and keeps what it found then
        patches.set(mocker, "_original_send", Session.send)


def canary(module: ModuleType) -> None:
    class Adapter(module.adapters.BaseAdapter):  # type: ignore[misc, name-defined]
        def send(self, request: Any, **kwargs: Any) -> Any:
            response = module.Response()
            response.status_code, response.request, response.raw = 204, request, None
            response._content = b""
            return response

        def close(self) -> None: ...

    session = module.Session()
    session.mount("canary://", Adapter())
    session.get("canary://seam")


SEAM = Seam("requests", ("requests",), install, canary)
