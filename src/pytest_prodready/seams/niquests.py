"""niquests: every `Session.send` and `AsyncSession.send`, above whatever mocks it; the API is that of requests.

urllib3-future below it, also where it stands in the place of urllib3, is a part of the call.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from importlib import import_module
from types import ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation
from . import Patches, Seam, _carried, hub
from .requests import Exchange, caller, maker, remember_reply
from .requests import timeouts as both

originals: Originals


@dataclass(frozen=True)
class Originals:
    """The library's own classes and functions, as they were before anybody patched them."""

    Session: Any
    HTTPAdapter: Any
    AsyncHTTPAdapter: Any
    session_send: Callable[..., Any]
    async_session_send: Callable[..., Any]
    adapter_send: Callable[..., Any]
    async_adapter_send: Callable[..., Any]


_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
_payloads: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def timeouts(value: Any) -> tuple[float | None, float | None]:
    """(connect, read) of a `timeout` argument, in seconds; a third number of it limits both."""
    if not isinstance(value, tuple) or len(value) != 3:
        return both(value)
    connect, read = both(value[:2])
    total = both(value[2])[0]
    return total if connect is None else connect, total if read is None else read


def _init(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        with suppress(TypeError):  # a subclass that cannot be hashed
            _makers[instance] = maker(sys._getframe(1), instance)
            hub.made("session of niquests", instance, caller(sys._getframe(1), instance))
    return wrapped(*args, **kwargs)


def _prepare_body(wrapped: Any, request: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        body = dict(zip(("data", "files", "json"), args, strict=False)) | kwargs
        with suppress(TypeError):
            _payloads[request] = _carried.given(body.get("json"), body.get("data"))
    return wrapped(*args, **kwargs)


@dataclass(slots=True)
class Describe:
    """Makes the Call of a request when the hub asks for it, and keeps it."""

    session: Any
    request: Any
    timeout: Any
    call: Call | None = None

    def __call__(self) -> Call:
        url, method = self.request.url or "", (self.request.method or "GET").upper()
        operation, host = http_operation(method, url)
        connect, read = timeouts(self.timeout)
        self.call = call = Call(
            seam="niquests", family="http", kind="request", operation=operation, target=host,
            effect=method not in SAFE_METHODS, statement=url, timeout=read,
            waits_for_ever=connect is None or read is None, passed_in=_makers.get(self.session) == "test",
        )  # fmt: skip
        _carried.keep(call, self.request.headers, self.request.body, _payloads.get(self.request))
        return call

    def answered(self, response: Any) -> Any:
        if self.call is not None:
            remember_reply(self.call, response)
        return response


def _sending(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, dict[str, Any]] | None:
    """The prepared request, and the options; None for what is no call."""
    request: Any = args[0] if args else kwargs.get("request")
    if hub.trace is None or hub.inside or not hasattr(request, "prepare_url"):
        return None
    return request, {name: value for name, value in kwargs.items() if name != "request"}


def _send(wrapped: Any, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    found = _sending(args, kwargs)
    if found is None:
        return wrapped(*args, **kwargs)
    request, options = found
    describe = Describe(session, request, kwargs.get("timeout"))

    def do() -> Any:
        return describe.answered(wrapped(*args, **kwargs))

    return hub.around(describe, Exchange(lambda: request, session, options, do), do)


async def _send_async(wrapped: Any, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    found = _sending(args, kwargs)
    if found is None:
        return await wrapped(*args, **kwargs)
    request, options = found
    describe = Describe(session, request, kwargs.get("timeout"))

    async def do() -> Any:
        return describe.answered(await wrapped(*args, **kwargs))

    return await hub.around_async(describe, Exchange(lambda: request, session, options, do), do)


def _watch(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A job that looks after idle connections every five seconds: in virtual time those would be over at once."""
    return wrapped(*args, **kwargs) if not hub.run else None


async def _watch_async(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return await wrapped(*args, **kwargs) if not hub.run else None


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    from niquests import AsyncSession, PreparedRequest, Session
    from niquests.adapters import AsyncHTTPAdapter, HTTPAdapter

    urllib3: Any = import_module("niquests.packages").urllib3

    originals = Originals(
        Session, HTTPAdapter, AsyncHTTPAdapter, vars(Session)["send"], vars(AsyncSession)["send"],
        vars(HTTPAdapter)["send"], vars(AsyncHTTPAdapter)["send"],
    )  # fmt: skip
    for cls in (Session, AsyncSession):
        patches.wrap(cls, "__init__", _init)
    patches.wrap(Session, "send", _send)
    patches.wrap(AsyncSession, "send", _send_async)
    patches.wrap(PreparedRequest, "prepare_body", _prepare_body)
    for pool, watch in ((urllib3.HTTPConnectionPool, _watch), (urllib3.AsyncHTTPConnectionPool, _watch_async)):
        below = sys.modules[pool.__module__]
        if hasattr(below, "idle_conn_watch_task"):
            patches.wrap(below, "idle_conn_watch_task", watch)


def canary(module: Any) -> None:
    class Adapter(module.adapters.BaseAdapter):  # type: ignore[misc]
        def send(self, request: Any, **kwargs: Any) -> Any:
            raise module.ConnectionError

        def close(self) -> None: ...

    with module.Session() as session, suppress(module.ConnectionError):
        session.mount("http://canary.invalid", Adapter())
        session.get("http://canary.invalid/")


SEAM = Seam("niquests", ("niquests",), install, canary)
