"""Stand-ins for urllib, urllib3 and http.client: what a call of such a double asks for, and what it answers."""

from __future__ import annotations

import io
import json
from collections.abc import Callable
from contextlib import suppress
from typing import Any

from ..trace import Call, json_text
from . import _carried, hub
from . import http_client as http_client_seam
from . import urllib as urllib_seam
from . import urllib3 as urllib3_seam

MANAGERS = frozenset({"PoolManager", "ProxyManager", "RequestMethods", "HTTPConnectionPool", "HTTPSConnectionPool"})
CONNECTIONS = frozenset({"HTTPConnection", "HTTPSConnection"})
ASKING = frozenset({"request", "urlopen", "request_encode_url", "request_encode_body"})
#: What an application may say of its requests, beside what is sent.
MANNER = ("timeout", "retries", "redirect", "preload_content", "decode_content")
NOWHERE = "http://stand-in.invalid"
#: Where the exchange of a double of a connection waits for its `getresponse`.
SENT = "prodready exchange"


def is_constructor(library: str, steps: tuple[str, ...]) -> bool:
    return len(steps) == 1 and steps[0] in {"urllib3": MANAGERS, "http.client": CONNECTIONS}.get(library, ())


def bare(library: str, steps: tuple[str, ...]) -> tuple[str, ...]:
    """The steps from the module that has what is called: `urllib` may be replaced as a whole."""
    prefix = {"urllib": "request", "http.client": "client"}.get(library)
    return steps[1:] if len(steps) > 1 and steps[0] == prefix and steps[1] != "()" else steps


def report(double: Any, steps: tuple[str, ...], args: tuple[Any, ...], kwargs: dict[str, Any], do: Any) -> Any:
    """A double is called: report it, if it stands for something that is an interaction."""
    if double.library == "urllib":
        if steps == ("urlopen",) or steps[1:] == ("()", "open"):
            return _urlopen(args, kwargs, do)
    elif double.library == "urllib3":
        of_manager = len(steps) == 3 and steps[0] in MANAGERS and steps[1] == "()"
        if steps == ("request",) or (of_manager and steps[2] in ASKING):
            return _urllib3(double, args, kwargs, do)
    elif len(steps) == 3 and steps[0] in CONNECTIONS and steps[1] == "()":
        if steps[2] == "request":
            return _send(double, steps[0], args, kwargs, do)
        if steps[2] == "getresponse" and SENT in double.made:
            exchange = double.made.pop(SENT)
            response = exchange.receive(do)
            _observe(exchange.call, response)
            return response
    return do()


def _urlopen(args: tuple[Any, ...], kwargs: dict[str, Any], do: Callable[[], Any]) -> Any:
    url, data, timeout = urllib_seam.arguments(args, kwargs)
    if isinstance(url, str) and "://" not in url:
        url = f"{NOWHERE}/{url.lstrip('/')}"
    exchange = urllib_seam.Exchange(None, url, data, timeout)
    return _around(lambda: urllib_seam.described(url, data, timeout), exchange, do)


def _urllib3(double: Any, args: tuple[Any, ...], kwargs: dict[str, Any], do: Callable[[], Any]) -> Any:
    owner, rest = double.owner, list(args)
    known = (urllib3_seam.originals.PoolManager, urllib3_seam.originals.HTTPConnectionPool)
    if rest and isinstance(rest[0], known):  # an autospecced method
        owner = rest.pop(0)
    owner = owner if isinstance(owner, known) else None
    method = str(kwargs["method"] if "method" in kwargs else rest.pop(0) if rest else "GET")
    url = str(kwargs["url"] if "url" in kwargs else rest.pop(0) if rest else "")
    full = urllib3_seam.full_url(owner, url)
    if "://" not in full:
        full = url = f"{NOWHERE}/{url.lstrip('/')}"
    options = {name: kwargs[name] for name in MANNER if name in kwargs}
    if owner is not None:
        given = urllib3_seam.timeout_of(owner, options)
    else:
        given = options.get("timeout", double.made.get("timeout"))
        options.setdefault("timeout", given)
        if "retries" in double.made:
            options.setdefault("retries", double.made["retries"])
    exchange = urllib3_seam.Exchange(owner, method, url, full, (), options, do)

    def described() -> Call:
        call = urllib3_seam.describe(method.upper(), full, *urllib3_seam.timeouts(given))
        payload = kwargs.get("json", kwargs.get("fields"))
        headers = kwargs.get("headers") or getattr(owner, "headers", None) or double.made.get("headers")
        _carried.keep(call, headers, kwargs.get("body") or dumped(kwargs.get("json")), payload)
        return call

    return _around(described, exchange, do)


def _send(double: Any, kind: str, args: tuple[Any, ...], kwargs: dict[str, Any], do: Callable[[], Any]) -> Any:
    given = dict(zip(("method", "url", "body", "headers"), args, strict=False)) | kwargs
    method, path = str(given.get("method", "GET")), str(given.get("url", "/"))
    made = double.made
    host = str(made.get("host", "stand-in.invalid"))
    port = made.get("port")
    port = port if isinstance(port, int) and port not in (80, 443) else None
    scheme = "https" if kind == "HTTPSConnection" else "http"
    where = f"{scheme}://{host}:{port}" if port else f"{scheme}://{host}"
    url = path if "://" in path else where + path
    exchange = http_client_seam.Exchange(None, method, url, lambda target: None)

    def described() -> Call:
        exchange.call = http_client_seam.describe(method, url, made.get("timeout", object()))
        _carried.keep(exchange.call, given.get("headers"), given.get("body"))
        return exchange.call

    result = hub.around(described, exchange, do)
    if exchange.call is not None:
        made[SENT] = exchange
    return result


def dumped(data: Any) -> str | None:
    """The JSON that a client would send."""
    if data is not None:
        with suppress(TypeError, ValueError, RecursionError):
            return json.dumps(data)
    return None


def constructed(library: str, args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    """What a constructor got, by name."""
    if library == "http.client":
        return {**dict(zip(("host", "port"), args, strict=False)), **kwargs}
    return dict(kwargs)


def _around(describe: Callable[[], Call | None], exchange: Any, do: Callable[[], Any]) -> Any:
    call: Call | None = None

    def described() -> Call | None:
        nonlocal call
        call = describe()
        return call

    def ask() -> Any:
        result = do()
        if call is not None:
            _observe(call, result)
        return result

    if hasattr(exchange, "again"):
        exchange.again = ask
    return hub.around(described, exchange, ask)


def _observe(call: Call, response: Any) -> None:
    """Keep the JSON of an answer: what a mock is to give, what another double gives when it is read."""
    call.reply = text_of(response) or call.reply
    if call.reply is None:
        http_client_seam.listen_to_read(response, call)


def text_of(result: Any) -> str | None:
    """The JSON that a double answers, asked without leaving a mark on it."""
    if isinstance(result, io.BytesIO):
        return None if result.closed else json_text(result.getvalue())
    for one in (result, _configured(result, "__enter__")):
        for name in ("read", "data"):
            body = _configured(one, name)
            if isinstance(body, bytes):
                return json_text(body)
    return None


def _configured(double: Any, name: str) -> Any:
    """What a test has made of an attribute: its value, or what it returns."""
    if double is None:
        return None
    state: dict[str, Any] = {}
    with suppress(TypeError):
        state = vars(double)
    found = state.get(name)
    if found is None and "_mock_children" in state:
        found = state["_mock_children"].get(name)
    inner = getattr(found, "__dict__", {})
    if "_mock_children" in inner:
        return None if inner.get("_mock_side_effect") is not None else inner.get("_mock_return_value")
    return found
