"""aiohttp's client: every verb of a `ClientSession` and `aiohttp.request`, above whatever mocks them."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Awaitable, Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation, reply_text
from . import Patches, Seam, _carried, hub
from .requests import caller, maker

VERBS = ("get", "options", "head", "post", "put", "patch", "delete")

#: `ClientSession._request` as it was before anybody replaced it.
originals: Originals


@dataclass(frozen=True)
class Originals:
    request: Callable[..., Any]


@dataclass
class Exchange:
    """One request on its way: what a driver needs to fail it.

    Attributes:
        session: None where `aiohttp.request` makes one of its own.
        again: makes the real (or mocked) call.
        sock_read: seconds between two pieces of the answer; `total` of all of it.
    """

    session: Any
    method: str
    url: str
    options: dict[str, Any]
    again: Callable[[], Awaitable[Any]]
    sock_read: float | None = None
    total: float | None = None
    connecting: float | None = None

    @property
    def read(self) -> float | None:
        """After how many seconds without an answer it is given up."""
        return min((one for one in (self.sock_read, self.total) if one is not None), default=None)


_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
#: The call that an answer belongs to, which is read when it is over.
_calls: weakref.WeakKeyDictionary[Any, Call] = weakref.WeakKeyDictionary()


def _init(wrapped: Any, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        with suppress(TypeError):
            _makers[session] = maker(sys._getframe(1), session)
            hub.made("client of aiohttp", session, caller(sys._getframe(1), session))
    return wrapped(*args, **kwargs)


def _exchange(session: Any, method: str, url: Any, options: dict[str, Any], again: Any) -> Exchange:
    import aiohttp

    given = options.get("timeout")
    if isinstance(given, int | float):
        given = aiohttp.ClientTimeout(total=given)
    if not isinstance(given, aiohttp.ClientTimeout):
        given = getattr(session, "_timeout", None) or aiohttp.ClientTimeout(total=300, sock_connect=30)
    with suppress(Exception):  # what is no URL the library says itself
        url = session._build_url(url)
    connecting = min((one for one in (given.sock_connect, given.connect, given.total) if one), default=None)
    # 0 is "no limit" here
    return Exchange(session, method, str(url), options, again, given.sock_read or None, given.total or None, connecting)


def _described(exchange: Exchange) -> Call:
    operation, host = http_operation(exchange.method, exchange.url)
    made_by = _makers.get(exchange.session, "other") if exchange.session is not None else "other"
    call = Call(
        seam="aiohttp", family="http", kind="request", operation=operation, target=host,
        effect=exchange.method not in SAFE_METHODS, statement=exchange.url, timeout=exchange.read,
        waits_for_ever=exchange.read is None, passed_in=made_by == "test",
    )  # fmt: skip
    options = exchange.options
    headers = {**(getattr(exchange.session, "headers", None) or {}), **dict(options.get("headers") or {})}
    _carried.keep(call, headers, options.get("data"), _carried.given(options.get("json"), options.get("data")))
    return call


def _observed(manager: Any, session: Any, method: str, url: Any, options: dict[str, Any], again: Any) -> Any:
    """Put our coroutine around the one that the library's context manager awaits."""
    inner = manager._coro

    async def request() -> Any:
        exchange = _exchange(session, method.upper(), url, options, again)
        call: Call | None = None
        asked = False

        def describe() -> Call:
            nonlocal call
            call = _described(exchange)
            return call

        async def do() -> Any:
            nonlocal asked
            asked = True
            reply = await inner
            if call is not None:
                with suppress(TypeError):
                    _calls[reply] = call
            return reply

        try:
            return await hub.around_async(describe, exchange, do)
        finally:
            if not asked:
                inner.close()

    manager._coro = request()
    return manager


def _verb(name: str) -> Callable[..., Any]:
    def verb(wrapped: Any, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        manager = wrapped(*args, **kwargs)
        given = list(args)
        method = name or str(given.pop(0) if given else kwargs.get("method", ""))
        if hub.trace is None or hub.inside or not hasattr(manager, "_coro"):
            return manager
        url = given[0] if given else kwargs.get("url", kwargs.get("str_or_url", ""))
        options = {k: v for k, v in kwargs.items() if k not in ("method", "url", "str_or_url")}
        if name == "head":
            options.setdefault("allow_redirects", False)
        return _observed(manager, session, method, url, options, lambda: wrapped(*args, **kwargs)._coro)

    return verb


async def _read(wrapped: Any, response: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    body = await wrapped(*args, **kwargs)
    call = _calls.pop(response, None)
    if call is not None and isinstance(body, bytes):
        call.reply = reply_text(body, response.headers)
    return body


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    session: Any = module.ClientSession
    originals = Originals(vars(session)["_request"])
    patches.wrap(session, "__init__", _init)
    patches.wrap(session, "request", _verb(""))
    for name in VERBS:
        patches.wrap(session, name, _verb(name))
    patches.wrap(module.ClientResponse, "read", _read)


SEAM = Seam("aiohttp-client", ("aiohttp",), install)
