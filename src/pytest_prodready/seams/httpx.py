"""httpx and httpx2: every `Client.send` and `AsyncClient.send`, above whatever mocks them."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation, reply_text
from . import Patches, Seam, _carried, asgi, hub, wsgi
from .requests import caller, maker

#: Transports of test drivers and of applications in the same process: what they carry does not go out.
IN_PROCESS = frozenset({"_TestClientTransport", "ASGITransport", "WSGITransport"})


@dataclass(frozen=True)
class Originals:
    """The library's own classes and functions, as they were before anybody patched them."""

    name: str
    Client: Any
    AsyncClient: Any
    send: Callable[..., Any]
    async_send: Callable[..., Any]
    single: Callable[..., Any]
    async_single: Callable[..., Any]


#: By the name of the library.
originals: dict[str, Originals] = {}


class Exchange:
    """One request on its way: what a driver needs to fail it.

    Args:
        library: `httpx` or `httpx2`.
        request: makes or gives the Request.
        client: None for a stand-in, which has none.
        options: the keyword arguments of `Client.send`.
        again: makes the real (or mocked) call.
    """

    def __init__(
        self, library: str, request: Callable[[], Any], client: Any, options: dict[str, Any],
        again: Callable[[], Any], is_async: bool,
    ) -> None:  # fmt: skip
        self.library = library
        self._request = request
        self.client = client
        self.options = options
        self.again = again
        self.is_async = is_async

    @property
    def request(self) -> Any:
        return self._request()

    @property
    def stream(self) -> bool:
        return bool(self.options.get("stream"))


_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
#: What source gave as `json` or `data`, by the request that was made of it.
_payloads: weakref.WeakKeyDictionary[Any, Any] = weakref.WeakKeyDictionary()


def remember_reply(call: Call, response: Any) -> None:
    """Keep the text of an answer that was read already, if programs read it."""
    content = getattr(response, "_content", None)
    if isinstance(content, bytes):
        call.reply = reply_text(content, getattr(response, "headers", None))


def _init(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        with suppress(TypeError):  # a subclass that cannot be hashed
            _makers[instance] = maker(sys._getframe(1), instance)
            hub.made("client of httpx", instance, caller(sys._getframe(1), instance))
    return wrapped(*args, **kwargs)


def _init_request(wrapped: Any, request: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        with suppress(TypeError):
            _payloads[request] = _carried.given(kwargs.get("json"), kwargs.get("data") or kwargs.get("content"))
    return wrapped(*args, **kwargs)


def keep_request(call: Call, request: Any) -> None:
    """Keep what a Request carries."""
    try:
        payload = _payloads.get(request)
    except TypeError:
        payload = None
    _carried.keep(call, request.headers, getattr(request, "_content", None), payload)


def _stays_in_process(client: Any, url: Any) -> bool:
    transport = client._transport_for_url(url)
    return any(cls.__name__ in IN_PROCESS for cls in type(transport).__mro__)


def _describe(library: str, client: Any, request: Any) -> Call | None:
    if _stays_in_process(client, request.url):
        return None
    url = str(request.url)
    operation, host = http_operation(request.method, url)
    times = request.extensions.get("timeout")
    if not isinstance(times, dict):
        times = client.timeout.as_dict()
    try:
        made_by = _makers.get(client, "other")
    except TypeError:
        made_by = "other"
    call = Call(
        seam=library, family="http", kind="request", operation=operation, target=host,
        effect=request.method.upper() not in SAFE_METHODS, statement=url, timeout=times.get("read"),
        waits_for_ever=times.get("connect") is None or times.get("read") is None, passed_in=made_by == "test",
    )  # fmt: skip
    keep_request(call, request)
    return call


def _wrappers(library: str) -> tuple[Callable[..., Any], Callable[..., Any]]:
    def send(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        request = args[0] if args else kwargs.get("request")
        if hub.trace is None or hub.inside or request is None:
            return wrapped(*args, **kwargs)
        call: Call | None = None

        def describe() -> Call | None:
            nonlocal call
            call = _describe(library, client, request)
            return call

        def do() -> Any:
            response = wrapped(*args, **kwargs)
            if call is not None:
                remember_reply(call, response)
            return response

        exchange = Exchange(library, lambda: request, client, _options(kwargs), do, is_async=False)
        return hub.around(describe, exchange, do)

    def async_send(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
        request = args[0] if args else kwargs.get("request")
        if hub.trace is None or hub.inside or request is None:
            return wrapped(*args, **kwargs)
        call: Call | None = None

        def describe() -> Call | None:
            nonlocal call
            call = _describe(library, client, request)
            return call

        async def do() -> Any:
            response = await wrapped(*args, **kwargs)
            if call is not None:
                remember_reply(call, response)
            return response

        exchange = Exchange(library, lambda: request, client, _options(kwargs), do, is_async=True)
        return hub.around_async(describe, exchange, do)

    return send, async_send


async def _to_asgi(wrapped: Any, transport: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    changed = {"raise_app_exceptions": False} if hub.production else {}
    return await asgi.on(wrapped, asgi.Instead(transport, app=asgi.driven(transport.app), **changed))(*args, **kwargs)


def _to_wsgi(wrapped: Any, transport: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    changed = {"raise_app_exceptions": False} if hub.production else {}
    return asgi.on(wrapped, asgi.Instead(transport, app=wsgi.driven(transport.app), **changed))(*args, **kwargs)


def _options(kwargs: dict[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in kwargs.items() if name != "request"}


def install(module: ModuleType, patches: Patches) -> None:
    name = module.__name__
    client, async_client = module.Client, module.AsyncClient
    originals[name] = Originals(
        name, client, async_client, vars(client)["send"], vars(async_client)["send"],
        vars(client)["_send_single_request"], vars(async_client)["_send_single_request"],
    )  # fmt: skip
    send, async_send = _wrappers(name)
    patches.wrap(module.Request, "__init__", _init_request)
    patches.wrap(client, "__init__", _init)
    patches.wrap(async_client, "__init__", _init)
    patches.wrap(client, "send", send)
    patches.wrap(async_client, "send", async_send)
    patches.wrap(module.ASGITransport, "handle_async_request", _to_asgi)
    patches.wrap(module.WSGITransport, "handle_request", _to_wsgi)


def canary(module: ModuleType) -> None:
    transport = module.MockTransport(lambda request: module.Response(204))
    with module.Client(transport=transport, trust_env=False) as client:
        client.get("http://canary.invalid/")


SEAM = Seam("httpx", ("httpx", "httpx2"), install, canary)
