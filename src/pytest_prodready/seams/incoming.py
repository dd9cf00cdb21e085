"""Requests to the application, over WSGI or ASGI: read without being used up, written back when a fault changes them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from io import BytesIO
from typing import Any
from urllib.parse import quote

from ..trace import LARGEST_REQUEST, Request

#: Headers that WSGI keeps apart.
APART = {"content-type": "CONTENT_TYPE", "content-length": "CONTENT_LENGTH"}


def read_environ(environ: dict[str, Any]) -> Request:
    """The request of a WSGI environment; its body can be read again afterwards."""
    source = environ.get("wsgi.input")
    body = b""
    if source is not None:
        if isinstance(source, BytesIO):
            body = source.getvalue()
        elif str(environ.get("CONTENT_LENGTH") or "0").isdigit():
            body = source.read(int(environ.get("CONTENT_LENGTH") or 0))
            environ["wsgi.input"] = BytesIO(body)
    headers = [(name, str(environ[key])) for name, key in APART.items() if environ.get(key)]
    headers += [
        (key[5:].replace("_", "-").lower(), str(value)) for key, value in environ.items() if key.startswith("HTTP_")
    ]
    path = str(environ.get("PATH_INFO") or "/").encode("latin-1", "replace").decode("utf-8", "replace")
    return Request(
        str(environ.get("REQUEST_METHOD", "GET")), path, str(environ.get("QUERY_STRING") or ""), tuple(headers), body
    )


def write_environ(environ: dict[str, Any], request: Request) -> dict[str, Any]:
    """A WSGI environment like `environ`, with the request in it."""
    changed = {key: value for key, value in environ.items() if not key.startswith(("HTTP_", "werkzeug.", "flask."))}
    for key in APART.values():
        changed.pop(key, None)
    for name, value in request.headers:
        key = APART.get(name) or f"HTTP_{name.upper().replace('-', '_')}"
        changed[key] = f"{changed[key]}, {value}" if key in changed and key.startswith("HTTP_") else value
    changed["REQUEST_METHOD"], changed["QUERY_STRING"] = request.method, request.query
    changed["PATH_INFO"] = request.path.encode("utf-8", "surrogateescape").decode("latin-1")
    for key in ("REQUEST_URI", "RAW_URI"):
        if key in changed:
            changed[key] = target(request)
    changed["wsgi.input"] = BytesIO(request.body)
    if request.body or "CONTENT_LENGTH" in changed:
        changed["CONTENT_LENGTH"] = str(len(request.body))
    return changed


def target(request: Request) -> str:
    """What stands in the request line: path and query."""
    path = quote(request.path, safe="/:@!$&'()*+,;=~-._", errors="surrogateescape")
    return f"{path}?{request.query}" if request.query else path


def read_scope(scope: Any, body: bytes) -> Request:
    """The request of an ASGI scope."""
    headers = tuple((_text(name).lower(), _text(value)) for name, value in scope.get("headers") or ())
    query = scope.get("query_string") or b""
    return Request(str(scope.get("method", "GET")), scope.get("path") or "/", _text(query), headers, body)


def write_scope(scope: Any, request: Request) -> dict[str, Any]:
    """An ASGI scope like `scope`, with the request in it."""
    headers = [(name, value) for name, value in request.headers if name != "content-length"]
    if request.body or request.header("content-length"):
        headers.append(("content-length", str(len(request.body))))
    return {
        **scope,
        "method": request.method,
        "path": request.path,
        "raw_path": target(request).partition("?")[0].encode(),
        "query_string": request.query.encode(),
        "headers": [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in headers],
    }


class Receiving:
    """The messages of one ASGI request: kept as they come, and given once more for a request that is made again.

    Attributes:
        body: what has come so far.
    """

    def __init__(self, receive: Callable[[], Awaitable[Any]]) -> None:
        self._receive = receive
        self.body = b""
        self._ended = False

    async def __call__(self) -> Any:
        message = await self._receive()
        self._note(message)
        return message

    async def all(self) -> bytes:
        """The whole body, before the application asks for it."""
        while not self._ended and len(self.body) <= LARGEST_REQUEST:
            self._note(await self._receive())
        return self.body

    def _note(self, message: Any) -> None:
        if message.get("type") == "http.request":
            self.body += bytes(message.get("body") or b"")
            self._ended = not message.get("more_body", False)
        else:
            self._ended = True


def giving(body: bytes, then: Callable[[], Awaitable[Any]] | None = None) -> Callable[[], Awaitable[Any]]:
    """`receive` of a request with this body; after it `then`, or a client that goes away."""
    given = False

    async def receive() -> Any:
        nonlocal given
        if not given:
            given = True
            return {"type": "http.request", "body": body, "more_body": False}
        return await then() if then is not None else {"type": "http.disconnect"}

    return receive


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)
