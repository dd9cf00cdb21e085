"""botocore, and boto3 above it: every operation of a client is one call, above moto and `Stubber`."""

from __future__ import annotations

import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from types import ModuleType
from typing import Any
from urllib.parse import urlsplit

from ..trace import SAFE_METHODS, Call
from . import Patches, Seam, _carried, hub
from .requests import caller, maker

#: How the names of operations begin that change nothing, whatever method carries them.
READING = ("Get", "List", "Describe", "Head", "Query", "Scan", "BatchGet", "Lookup", "Search", "Select", "Check")


@dataclass
class Exchange:
    """One operation on its way: what a driver needs to fail it."""

    client: Any
    again: Callable[[], Any]


_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()


def _init(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None:
        with suppress(TypeError):
            _makers[client] = maker(sys._getframe(1), client)
            hub.made("client of botocore", client, caller(sys._getframe(1), client))
    return wrapped(*args, **kwargs)


def _described(client: Any, name: str, given: Any) -> Call:
    meta = client.meta
    # botocore repeats all of them by itself, and nobody has decided that: none counts as one that must not be
    method = "GET" if name.startswith(READING) else "PUT"
    host = urlsplit(meta.endpoint_url).hostname or ""
    config = meta.config
    call = Call(
        seam="botocore", family="http", kind="request", operation=f"{method} {host} {name}", target=host,
        effect=method not in SAFE_METHODS, statement=meta.endpoint_url, timeout=config.read_timeout,
        waits_for_ever=config.read_timeout is None or config.connect_timeout is None,
        passed_in=_makers.get(client, "other") == "test",
    )  # fmt: skip
    _carried.keep(call, {}, None, given if isinstance(given, dict) else None)
    return call


def _api_call(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    name = args[0] if args else kwargs.get("operation_name", "")
    given = args[1] if len(args) > 1 else kwargs.get("api_params")

    def do() -> Any:
        return wrapped(*args, **kwargs)

    return hub.around(lambda: _described(client, name, given), Exchange(client, do), do)


def install(module: ModuleType, patches: Patches) -> None:
    client: Any = module.BaseClient
    patches.wrap(client, "__init__", _init)
    patches.wrap(client, "_make_api_call", _api_call)


SEAM = Seam("botocore", ("botocore.client",), install)
