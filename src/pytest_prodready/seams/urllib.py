"""urllib.request: every `OpenerDirector.open`, where `urlopen` and openers of one's own come together."""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from types import ModuleType
from typing import Any

from ..trace import SAFE_METHODS, Call, http_operation
from . import Patches, Seam, _carried, hub
from .http_client import listen_to_read, seconds

originals: Originals


@dataclass(frozen=True)
class Originals:
    """The library's own classes and functions, as they were before anybody patched them."""

    module: Any
    open: Callable[..., Any]
    do_open: Callable[..., Any]


class Exchange:
    """One request on its way: what a driver needs to fail it.

    Args:
        opener: None for a stand-in, which has none.
        given: the URL or Request.
        data: the body, if it was given beside it.
        timeout: as it was given.
    """

    def __init__(self, opener: Any, given: Any, data: Any, timeout: Any) -> None:
        self.opener, self.given, self.data, self.timeout = opener, given, data, timeout


def described(given: Any, data: Any, timeout: Any) -> Call | None:
    """The call; None where nothing goes out."""
    url = given if isinstance(given, str) else str(getattr(given, "full_url", "") or "")
    if url.partition(":")[0].lower() not in ("http", "https"):
        return None
    method = "POST" if data is not None else "GET"
    if not isinstance(given, str):
        found = given.get_method()
        method = found.upper() if isinstance(found, str) and (data is None or given.method) else method
    operation, host = http_operation(method, url)
    read = seconds(timeout)
    call = Call(
        seam="urllib", family="http", kind="request", operation=operation, target=host,
        effect=method not in SAFE_METHODS, statement=url, timeout=read, waits_for_ever=read is None,
    )  # fmt: skip
    _carried.keep(call, getattr(given, "headers", None), getattr(given, "data", None) if data is None else data)
    return call


def arguments(args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, Any, Any]:
    """(URL or Request, data, time-out) of `open` and `urlopen`."""
    given = dict(zip(("url", "data", "timeout"), args, strict=False))
    url = given.get("url", kwargs.get("fullurl", kwargs.get("url")))
    default = socket._GLOBAL_DEFAULT_TIMEOUT  # type: ignore[attr-defined]
    return url, given.get("data", kwargs.get("data")), given.get("timeout", kwargs.get("timeout", default))


def _open(wrapped: Any, opener: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    call: Call | None = None
    url, data, timeout = arguments(args, kwargs)

    def describe() -> Call | None:
        nonlocal call
        call = described(url, data, timeout)
        return call

    def do() -> Any:
        response = wrapped(*args, **kwargs)
        if call is not None:
            listen_to_read(response, call)
        return response

    return hub.around(describe, Exchange(opener, url, data, timeout), do)


def install(module: ModuleType, patches: Patches) -> None:
    global originals
    opener: Any = module.OpenerDirector
    originals = Originals(module, vars(opener)["open"], vars(module.AbstractHTTPHandler)["do_open"])
    patches.wrap(opener, "open", _open)


def canary(module: ModuleType) -> None:
    class Handler(module.BaseHandler):  # type: ignore[misc, name-defined]
        def http_open(self, request: Any) -> Any:
            return object()

    opener = module.OpenerDirector()
    opener.add_handler(Handler())
    opener.open("http://canary.invalid/")


SEAM = Seam("urllib", ("urllib.request",), install, canary)
