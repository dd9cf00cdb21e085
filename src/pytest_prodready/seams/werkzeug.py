"""Werkzeug's test client (Flask's is one): each request is an entry."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import partial
from itertools import islice
from types import ModuleType
from typing import Any

from ..trace import Entry, Outcome, Request, normalise
from . import Patches, Seam, hub
from .incoming import read_environ, write_environ

#: More of a body is not kept: enough for any page that an error shows.
BODY_LIMIT = 256 * 1024
#: Of a stream that may never end, this much is read at once.
CHUNKS = 100


class Body:
    """Passes a response's body on and keeps the start of it: a generator runs application code when it is read."""

    def __init__(self, chunks: Iterable[bytes], entry: Entry) -> None:
        self._chunks, self._entry = chunks, entry
        self._iterator: Iterator[bytes] | None = None
        self._ready: list[bytes] = []

    def read_ahead(self) -> None:
        """A test that fails on the status would not read it."""
        self._ready = list(islice(self, CHUNKS))

    def __iter__(self) -> Iterator[bytes]:
        return self

    def __next__(self) -> bytes:
        if self._ready:
            return self._ready.pop(0)
        try:
            with hub.reenter(self._entry):
                if self._iterator is None:
                    self._iterator = iter(self._chunks)
                chunk = next(self._iterator)
        except StopIteration:
            raise
        except BaseException as exc:
            broke_off(self._entry, exc)
            raise
        keep(self._entry, chunk)
        return chunk

    def close(self) -> None:
        close = getattr(self._chunks, "close", None)
        if close is not None:
            with hub.reenter(self._entry):
                close()


def keep(entry: Entry, chunk: bytes) -> None:
    if entry.outcome is None:
        return
    entry.outcome.size += len(chunk)
    if len(entry.outcome.body) < BODY_LIMIT:
        entry.outcome.body += chunk.decode("utf-8", "replace")


def broke_off(entry: Entry, exc: BaseException) -> None:
    """A stream that ends with an exception: the status was sent, the request is killed."""
    entry.error = entry.error or hub.error_info(exc)
    entry.outcome, entry.last_resort = Outcome("exception", error=entry.error), True


def _run_wsgi_app(wrapped: Any, client: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    environ = args[0] if args else kwargs.pop("environ")
    if not hub.production:
        return _answer(wrapped, client.application, environ, args[1:], kwargs)[1]
    add_cookies = getattr(client, "_add_cookies_to_wsgi", None)
    if add_cookies is not None:  # else the client does so only when nobody can change them any more
        add_cookies(environ)
    request, before = read_environ(environ), dict(environ)

    def make(request: Request) -> None:
        used_up(_answer(wrapped, client.application, write_environ(before, request), args[1:], kwargs)[1][0])

    def attack(request: Request) -> None:
        """Not by the client: it would send its own cookies, and keep those that it is given."""
        used_up(
            _answer(partial(_plainly, client), client.application, write_environ(before, request), args[1:], kwargs)[1][
                0
            ]
        )

    hub.coming(request, attack)
    entry, answer = _answer(wrapped, client.application, environ, args[1:], kwargs)
    hub.ended(entry, request, make)
    return answer


def _plainly(client: Any, environ: Any, *args: Any, **kwargs: Any) -> Any:
    from werkzeug.test import run_wsgi_app

    return run_wsgi_app(client.application, environ, *args, **kwargs)


def used_up(body: Body) -> None:
    """Read an answer that nobody else will read."""
    for _ in islice(body, CHUNKS):
        pass
    body.close()


def _answer(
    wrapped: Any, app: Any, environ: Any, args: tuple[Any, ...], kwargs: dict[str, Any]
) -> tuple[Entry, tuple[Body, Any, Any]]:
    method, path = environ.get("REQUEST_METHOD", "GET"), environ.get("PATH_INFO", "/")
    entry = Entry("route", f"{method} {normalise(path)}", last_resort=True)
    with hub.enter(entry):
        try:
            request = read_environ(environ)
            try:
                chunks, status, headers = wrapped(environ, *args, **kwargs)
            finally:
                hub.answered_plainly(entry, app, request)
        except BaseException as exc:
            broke_off(entry, exc)  # nobody answered; it may be a stream that breaks in its first chunk
            raise
        code = int(str(status).split(" ", 1)[0])
        entry.outcome = Outcome("response", code, tuple((str(k), str(v)) for k, v in headers))
        entry.last_resort = entry.last_resort and entry.error is not None
        body = Body(chunks, entry)
        if hub.production:
            body.read_ahead()
        return entry, (body, status, headers)


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.Client, "run_wsgi_app", _run_wsgi_app)


def canary(module: ModuleType) -> None:
    def application(environ: Any, start_response: Any) -> list[bytes]:
        start_response("204 No Content", [])
        return []

    module.Client(application).get("/")


SEAM = Seam("werkzeug", ("werkzeug.test",), install, canary)
