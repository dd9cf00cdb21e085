"""Flask: the matched route names the entry; its built-in 500 is the last resort; in a trial it answers as in production."""

from __future__ import annotations

from types import ModuleType
from typing import Any

from ..raised import qualified
from ..trace import Entry
from . import Patches, Seam, hub, wsgi
from .incoming import read_environ, write_environ
from .limits import switched_off


def _wsgi_app(wrapped: Any, app: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    environ = args[0] if args else kwargs["environ"]
    entry = hub.current_entry()
    if entry is None or entry.kind != "route":  # called as a WSGI application, by a server or by hand
        entry = Entry("route", "")
        start_response = args[1] if len(args) > 1 else kwargs["start_response"]
        return wsgi.serve(
            lambda environ, start: _answer(wrapped, app, environ, entry, (environ, start), {}),
            environ, start_response, entry,
        )  # fmt: skip
    return _answer(wrapped, app, environ, entry, args, kwargs)


def _answer(wrapped: Any, app: Any, environ: Any, entry: Entry, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    try:
        label, view = _route(app, environ)
        entry.label = label or entry.label or environ.get("PATH_INFO", "/")
        entry.handlers = _handlers(app)
        entry.last_resort = False
        entry.debug = bool(app.debug)
        limiters = app.extensions.get("limiter", ())
        entry.unlimited = switched_off(app.config, limiters if isinstance(limiters, set) else (limiters,))
        request = read_environ(environ)
        arrived = hub.arrived(entry, view, request)
        if arrived is not request:
            environ = write_environ(environ, arrived)
            args, kwargs = (environ, *args[1:]) if args else args, kwargs if args else {**kwargs, "environ": environ}
    except Exception as exc:
        hub.internal_error("the Flask seam could not look at the application", exc)
    if not hub.production:
        return wrapped(*args, **kwargs)
    config, before = app.config, {key: app.config.get(key) for key in ("PROPAGATE_EXCEPTIONS", "DEBUG")}
    config.update(PROPAGATE_EXCEPTIONS=False, DEBUG=False)
    try:
        return wrapped(*args, **kwargs)
    finally:
        config.update(before)


def _route(app: Any, environ: Any) -> tuple[str, Any]:
    """The label and the function of the route that matches."""
    from werkzeug.exceptions import HTTPException

    try:
        rule, _ = app.url_map.bind_to_environ(environ, server_name=app.config.get("SERVER_NAME")).match(
            return_rule=True
        )
    except (HTTPException, ValueError):  # no such route, or a redirect to one
        return "", None
    view = app.view_functions.get(rule.endpoint)
    return f"{environ.get('REQUEST_METHOD', 'GET')} {rule.rule}", getattr(view, "view_class", view)


def _handlers(app: Any) -> tuple[str, ...]:
    spec = app.error_handler_spec
    return tuple(
        sorted({qualified(cls) for by_code in spec.values() for by_class in by_code.values() for cls in by_class})
    )


def _has_own_500(app: Any) -> bool:
    """Whether a handler that the application registered answers instead of the built-in page."""
    from flask import request
    from werkzeug.exceptions import InternalServerError

    names = (*request.blueprints, None) if request else (None,)
    return any(
        issubclass(InternalServerError, cls)
        for name in names
        for code in (500, None)
        for cls in app.error_handler_spec.get(name, {}).get(code, {})
    )


def _unhandled(sender: Any, exception: BaseException, **extra: Any) -> None:
    entry = hub.current_entry()
    if hub.trace is None or entry is None:
        return
    try:
        entry.error = hub.error_info(exception)
        entry.last_resort = not _has_own_500(sender)
    except Exception as exc:
        hub.internal_error("the Flask seam could not look at an exception", exc)


def install(module: ModuleType, patches: Patches) -> None:
    patches.wrap(module.Flask, "wsgi_app", _wsgi_app)
    module.got_request_exception.connect(_unhandled)
    patches.on_undo(lambda: module.got_request_exception.disconnect(_unhandled))


SEAM = Seam("flask", ("flask",), install)
