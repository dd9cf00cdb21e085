"""urllib3: every `PoolManager.urlopen`, and `HTTPConnectionPool.urlopen` of a pool that is used by itself.

Redirects and the library's own retries are part of the call. What lies above (requests, botocore) counts itself.
"""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation, reply_text
from . import Patches, Seam, _carried, hub
from .http_client import seconds
from .requests import caller, maker

originals: Originals


@dataclass(frozen=True)
class Originals:
    """The library's own classes and functions, as they were before anybody patched them."""

    PoolManager: Any
    HTTPConnectionPool: Any
    HTTPConnection: Any
    HTTPSConnection: Any
    manager_urlopen: Callable[..., Any]
    pool_urlopen: Callable[..., Any]


class Exchange:
    """One request on its way: what a driver needs to fail it.

    Args:
        owner: the manager or pool; None for a stand-in, which has none.
        method, url: of the request; `url` as it was given, `full` with the host.
        args, options: the further arguments of `urlopen`.
        again: makes the real (or mocked) call.
    """

    def __init__(
        self, owner: Any, method: str, url: str, full: str, args: tuple[Any, ...], options: dict[str, Any],
        again: Callable[[], Any],
    ) -> None:  # fmt: skip
        self.owner, self.method, self.url, self.full = owner, method, url, full
        self.args, self.options, self.again = args, options, again


_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()


def _init(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    frame = sys._getframe(1)
    # a session of requests makes two, and is asked itself
    if hub.trace is not None and not hub.inside and frame.f_globals.get("__name__") != "requests.adapters":
        with suppress(TypeError):
            _makers[instance] = maker(frame, instance)
            hub.made("pool of urllib3", instance, caller(frame, instance))
    return wrapped(*args, **kwargs)


def timeouts(given: Any) -> tuple[float | None, float | None]:
    """(connect, read) in seconds of a number or a Timeout; None where it may last for ever."""
    if not hasattr(given, "connect_timeout"):
        both = seconds(given)
        return both, both
    total = given.total if isinstance(given.total, int | float) else None
    connect, read = seconds(given._connect), seconds(given._read)
    if total is None:
        return connect, read
    return total if connect is None else min(total, connect), total if read is None else min(total, read)


def timeout_of(owner: Any, options: dict[str, Any]) -> Any:
    """The time-out that applies: the request's own, else that of the pool or of the manager's pools."""
    default = object()
    given = options.get("timeout", default)
    if given is default or type(given).__name__ == "_TYPE_DEFAULT":
        given = owner.timeout if hasattr(owner, "timeout") else owner.connection_pool_kw.get("timeout", default)
    return given


def full_url(owner: Any, url: str) -> str:
    host = getattr(owner, "host", None)
    if "://" in url or not isinstance(host, str):
        return url
    port = f":{owner.port}" if owner.port and owner.port != {"http": 80, "https": 443}.get(owner.scheme) else ""
    return f"{owner.scheme}://{f'[{host}]' if ':' in host else host}{port}{url}"


def describe(method: str, url: str, connect: float | None, read: float | None, passed_in: bool = False) -> Call:
    operation, host = http_operation(method, url)
    return Call(
        seam="urllib3", family="http", kind="request", operation=operation, target=host,
        effect=method not in SAFE_METHODS, statement=url, timeout=read, waits_for_ever=connect is None or read is None,
        passed_in=passed_in,
    )  # fmt: skip


def remember_reply(call: Call, response: Any) -> None:
    """Keep the text of an answer that was read already, if programs read it."""
    body = getattr(response, "_body", None)
    if isinstance(body, bytes):
        call.reply = reply_text(body, response.headers)


def _urlopen(wrapped: Any, owner: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    given = len(args) + ("method" in kwargs) + ("url" in kwargs)
    if hub.trace is None or hub.inside or given < 2:
        return wrapped(*args, **kwargs)
    call: Call | None = None
    rest, options = list(args), dict(kwargs)
    method = str(options.pop("method") if "method" in options else rest.pop(0))
    url = str(options.pop("url") if "url" in options else rest.pop(0))

    def described() -> Call:
        nonlocal call
        exchange.full = full = full_url(owner, url)
        times = timeouts(timeout_of(owner, kwargs))
        call = describe(method.upper(), full, *times, passed_in=_makers.get(owner) == "test")
        sent = dict(zip(("body", "headers"), rest, strict=False)) if owner is not None and not _manages(owner) else {}
        sent |= options
        _carried.keep(call, sent.get("headers") or getattr(owner, "headers", None), sent.get("body"))
        return call

    def do() -> Any:
        response = wrapped(*args, **kwargs)
        if call is not None:
            remember_reply(call, response)
        return response

    exchange = Exchange(owner, method, url, url, tuple(rest), options, do)
    return hub.around(described, exchange, do)


def _manages(owner: Any) -> bool:
    """Of a manager the further arguments are no body and headers."""
    return isinstance(owner, originals.PoolManager)


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    from urllib3.connection import HTTPConnection, HTTPSConnection
    from urllib3.connectionpool import HTTPConnectionPool
    from urllib3.poolmanager import PoolManager

    originals = Originals(
        PoolManager, HTTPConnectionPool, HTTPConnection, HTTPSConnection, vars(PoolManager)["urlopen"],
        vars(HTTPConnectionPool)["urlopen"],
    )  # fmt: skip
    for cls in (PoolManager, HTTPConnectionPool):
        patches.wrap(cls, "__init__", _init)
        patches.wrap(cls, "urlopen", _urlopen)


def canary(module: ModuleType) -> None:
    class Pool(module.HTTPConnectionPool):  # type: ignore[misc, name-defined]
        def _make_request(self, *args: Any, **kwargs: Any) -> Any:
            return module.HTTPResponse(b"", status=204, preload_content=False)

    Pool("canary.invalid").urlopen("GET", "/")


SEAM = Seam("urllib3", ("urllib3",), install, canary)
