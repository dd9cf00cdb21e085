"""http.client: one `request` with its `getresponse` is one call. What is above it (urllib, urllib3) counts itself."""

from __future__ import annotations

import socket
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation, reply_text
from . import Patches, Seam, _carried, hub
from .requests import maker

originals: Originals


@dataclass(frozen=True)
class Originals:
    """The library's own classes and functions, as they were before anybody patched them."""

    HTTPConnection: Any
    HTTPSConnection: Any
    HTTPResponse: Any
    request: Callable[..., Any]
    getresponse: Callable[..., Any]


class Exchange:
    """One request on its way: what a driver needs to fail it.

    Attributes:
        connection: the connection, which may be a double's; None for a stand-in, which has none.
        send: calls the library's own `request` on the connection that it is given.
        call: the observed call.
        pending: gives the response in place of `getresponse`, and gets what asks for the real one.
    """

    def __init__(self, connection: Any, method: str, url: str, send: Callable[[Any], Any]) -> None:
        self._connection = None if connection is None else weakref.ref(connection)  # it lives as long as its user wants
        self.method, self.url, self.send = method, url, send
        self.call: Call | None = None
        self.pending: Callable[[Callable[[], Any]], Any] | None = None

    @property
    def connection(self) -> Any:
        return None if self._connection is None else self._connection()

    def receive(self, ask: Callable[[], Any]) -> Any:
        """The response; a failure is this call's."""
        try:
            with hub.quiet():
                response = ask() if self.pending is None else self.pending(ask)
        except BaseException as exc:
            if self.call is not None:
                hub.failed(self.call, exc)
            raise
        if self.call is not None:
            hub.answered(self.call, response)
            listen_to_read(response, self.call)
        return response


#: Requests whose response was not fetched yet.
_sent: weakref.WeakKeyDictionary[Any, Exchange] = weakref.WeakKeyDictionary()
_unread: weakref.WeakKeyDictionary[Any, Call] = weakref.WeakKeyDictionary()
_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()


def listen_to_read(response: Any, call: Call) -> None:
    """Keep the text of an answer when the application has read all of it, if programs read it."""
    state = getattr(response, "__dict__", None)
    if state is None or "_mock_children" in state:  # a mock keeps its records: see `stand_ins_http`
        return
    if next((cls for cls in type(response).__mro__ if "read" in vars(cls)), None) is originals.HTTPResponse:
        _unread[response] = call
        return
    read = getattr(response, "read", None)  # a double's: it holds no socket that a cycle would keep open
    if not callable(read):
        return

    headers = getattr(response, "headers", None)

    def read_and_keep(*args: Any, **kwargs: Any) -> Any:
        return _keep(call, read(*args, **kwargs), headers, args, kwargs)

    with suppress(AttributeError, TypeError):
        response.read = read_and_keep


def _keep(call: Call, data: Any, headers: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if isinstance(data, bytes) and call.reply is None and not kwargs and args in ((), (None,)):
        call.reply = reply_text(data, headers)
    return data


def _read(wrapped: Any, response: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    data = wrapped(*args, **kwargs)
    call = _unread.get(response) if _unread else None
    return data if call is None else _keep(call, data, response.headers, args, kwargs)


def seconds(timeout: Any) -> float | None:
    """A time-out of a socket: a number, None for ever, or whatever is set for all sockets."""
    if timeout is None or isinstance(timeout, int | float):
        return timeout
    return socket.getdefaulttimeout()


def _init(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and not hub.inside:
        with suppress(TypeError):
            _makers[instance] = maker(sys._getframe(1), instance)
    return wrapped(*args, **kwargs)


def full_url(connection: Any, url: str) -> str:
    if "://" in url:
        return url
    port = connection.port
    secure = connection.default_port == 443
    host = f"[{connection.host}]" if ":" in connection.host else connection.host
    where = host if port == connection.default_port else f"{host}:{port}"
    return f"{'https' if secure else 'http'}://{where}{url}"


def describe(method: str, url: str, timeout: Any, passed_in: bool = False) -> Call:
    operation, host = http_operation(method, url)
    read = seconds(timeout)
    return Call(
        seam="http.client", family="http", kind="request", operation=operation, target=host,
        effect=method.upper() not in SAFE_METHODS, statement=url, timeout=read, waits_for_ever=read is None,
        passed_in=passed_in,
    )  # fmt: skip


def _request(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    given = dict(zip(("method", "url", "body", "headers"), args, strict=False)) | kwargs
    method, path = str(given.get("method", "GET")), str(given.get("url", "/"))
    exchange = Exchange(connection, method, path, lambda target: originals.request(target, *args, **kwargs))

    def described() -> Call:
        exchange.url = full_url(connection, path)
        exchange.call = describe(method, exchange.url, connection.timeout, _makers.get(connection) == "test")
        _carried.keep(exchange.call, given.get("headers"), given.get("body"))
        return exchange.call

    _sent.pop(connection, None)
    result = hub.around(described, exchange, lambda: wrapped(*args, **kwargs))
    if exchange.call is not None:
        _sent[connection] = exchange
    return result


def _getresponse(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    exchange = _sent.pop(connection, None) if _sent else None
    if exchange is None:
        return wrapped(*args, **kwargs)
    return exchange.receive(lambda: wrapped(*args, **kwargs))


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    if module.__name__ == "vcr.stubs":  # replays what http.client would have asked for
        connection: Any = module.VCRConnection
    else:
        connection = module.HTTPConnection
        originals = Originals(
            connection, module.HTTPSConnection, module.HTTPResponse, vars(connection)["request"],
            vars(connection)["getresponse"],
        )  # fmt: skip
        patches.wrap(module.HTTPResponse, "read", _read)
        patches.wrap(connection, "__init__", _init)
    patches.wrap(connection, "request", _request)
    patches.wrap(connection, "getresponse", _getresponse)


def canary(module: ModuleType) -> None:
    if module.__name__ == "vcr.stubs":
        connection: Any = module.VCRHTTPConnection("canary.invalid", timeout=1)
    else:
        connection = module.HTTPConnection("canary.invalid", timeout=1)
        connection.connect = lambda: setattr(connection, "sock", _Nobody())
    connection.request("GET", "/")


class _Nobody:
    def sendall(self, data: Any) -> None: ...


SEAM = Seam("http.client", ("http.client", "vcr.stubs"), install, canary)
