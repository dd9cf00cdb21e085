"""WSGI: what a server does with an application, for every driver that calls one in the same process."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from ..trace import Entry, Outcome, Request, normalise
from . import hub
from .incoming import read_environ, write_environ
from .werkzeug import Body, used_up


def serve(app: Any, environ: Any, start_response: Callable[..., Any], entry: Entry) -> Any:
    """Let `app` serve one request, which is `entry`."""

    def started(status: str, headers: Any, *exc_info: Any) -> Any:
        entry.outcome = Outcome(
            "response", int(str(status).split(" ", 1)[0]), tuple((str(name), str(value)) for name, value in headers)
        )
        return start_response(status, headers, *exc_info)

    with hub.enter(entry):
        try:
            request = read_environ(environ)
            try:
                body = Body(app(environ, started), entry)
            finally:
                hub.answered_plainly(entry, app, request)
            if hub.production:
                body.read_ahead()
        except Exception as exc:
            if entry.error is None:
                entry.error, entry.last_resort = hub.error_info(exc), True
            if not hub.production:
                raise
            started("500 Internal Server Error", [("Content-Type", "text/plain")])
            body = Body([b"Internal Server Error"], entry)
        entry.last_resort = entry.last_resort and entry.error is not None
        return body


def driven(app: Any) -> Any:
    """The application as a test driver calls it."""

    def application(environ: Any, start_response: Any) -> Any:
        if hub.trace is None:
            return app(environ, start_response)
        if not hub.production:
            return serve(app, environ, start_response, _entry(environ))
        request, before = read_environ(environ), dict(environ)

        def make(request: Request) -> None:
            again = write_environ(before, request)
            used_up(serve(app, again, lambda *args: None, _entry(again)))

        hub.coming(request, make)
        entry = _entry(environ)
        answer = serve(app, environ, start_response, entry)
        hub.ended(entry, request, make)
        return answer

    return application


def _entry(environ: Any) -> Entry:
    method, path = environ.get("REQUEST_METHOD", "GET"), environ.get("PATH_INFO", "/")
    return Entry("route", f"{method} {normalise(path)}", last_resort=True)
