"""SQLAlchemy: the driver below reports the calls, so that wrapping, pool and session behave as in production.

What only SQLAlchemy knows is who made the engine (its pool connects whenever it likes), what is checked out of the pool, and
what its types made of a value: SQLite has no decimals, and so a `Numeric` column sends a Decimal as a float.
"""

from __future__ import annotations

import functools
import sys
import weakref
from collections.abc import Callable
from contextlib import suppress
from contextvars import ContextVar
from decimal import Decimal
from types import FrameType, ModuleType
from typing import Any

from ..frames import LAZY, runs_for
from ..trace import Lease
from . import Patches, Seam, hub
from .requests import maker
from .sqlite import sends_next

_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()
#: Connections that are checked out, as the pool hands them out.
_leases: weakref.WeakKeyDictionary[Any, Lease] = weakref.WeakKeyDictionary()
#: The run of ours in which a pool last forgot its idle connections.
_emptied: weakref.WeakKeyDictionary[Any, int] = weakref.WeakKeyDictionary()
#: A session connects that the test made, and that the test has to close.
_for_test: ContextVar[bool] = ContextVar("prodready_session_of_test", default=False)


def _engine_init(wrapped: Any, engine: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    wrapped(*args, **kwargs)
    _makers[engine.dialect] = hub.origin(sys._getframe(1))
    for name in ("initialize", "do_ping"):  # what the pool asks for itself is a part of connecting
        with suppress(AttributeError):
            setattr(engine.dialect, name, _quietly(getattr(engine.dialect, name)))
    if hub.trace is not None:
        hub.made("engine", engine, _caller(sys._getframe(1)))


def _quietly(method: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(method)
    def quiet(*args: Any, **kwargs: Any) -> Any:
        with hub.quiet():
            return method(*args, **kwargs)

    return quiet


def _on_connect(wrapped: Any, dialect: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    ask = wrapped(*args, **kwargs)
    return None if ask is None else _quietly(ask)


def _caller(frame: FrameType | None) -> FrameType | None:
    """Who called `create_engine`: decorators of SQLAlchemy's stand between."""
    while frame is not None and (frame.f_globals.get("__name__") or "").partition(".")[0] in ("sqlalchemy", "<string>"):
        frame = frame.f_back
    return frame


def _do_connect(dialect: Any, record: Any, cargs: Any, cparams: Any) -> None:
    hub.maker_hint = _makers.get(dialect)


def _before_execute(conn: Any, cursor: Any, statement: str, parameters: Any, context: Any, executemany: bool) -> None:
    if hub.trace is None or not hasattr(getattr(context, "compiled", None), "binds"):  # DDL has none
        return
    try:
        sends_next(parameters, _as_given(parameters, context, executemany))
    except Exception as exc:
        hub.internal_error("the sqlalchemy seam could not read parameters", exc)


def _as_given(parameters: Any, context: Any, executemany: bool) -> Any:
    """The parameters without what types made of them; by name where they do not stand one for one."""
    given, names = context.compiled_parameters, context.compiled.positiontup
    rows = parameters if executemany else [parameters]
    if len(rows) != len(given) or names is None or any(len(row) != len(names) for row in rows):
        named = [{name: _value(context, name, value) for name, value in row.items()} for row in given]
        return named if len(named) != 1 else named[0]
    mixed = [
        tuple(
            _value(context, name, before[name]) if isinstance(before.get(name), Decimal) else sent
            for name, sent in zip(names, row, strict=True)
        )
        for row, before in zip(rows, given, strict=True)
    ]
    return mixed if executemany else mixed[0]


def _value(context: Any, name: str, value: Any) -> Any:
    """A Decimal stays one, but in a column that was declared a float."""
    from sqlalchemy.types import Float

    bind = context.compiled.binds.get(name)
    return float(value) if isinstance(value, Decimal) and bind is not None and isinstance(bind.type, Float) else value


# ------------------------------------------------------------------------------------------------------ check-outs
def _checkout(wrapped: Any, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.run and args and hub.trace is not None and hub.trace.phase == "call":
        _forget_idle(args[0])
    fairy = wrapped(*args, **kwargs)
    if hub.run and fairy not in _leases and not _for_test.get():
        lease = hub.took("check-out", type(args[0]).__name__ if args else "pool", sys._getframe(1))
        if lease is not None:
            _leases[fairy] = lease
    return fairy


def _forget_idle(pool: Any) -> None:
    """A pool that is warm since an earlier test would not connect as it did then; other kinds may hold a database in memory."""
    from sqlalchemy.pool import QueuePool

    if type(pool) is QueuePool and _emptied.get(pool) != hub.run:
        _emptied[pool] = hub.run
        with hub.quiet():
            pool.dispose()


def _checkin(wrapped: Any, fairy: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The garbage collector takes another way."""
    hub.gave_back(_leases.pop(fairy, None), sys._getframe(1))
    return wrapped(*args, **kwargs)


def _session_init(wrapped: Any, session: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    if hub.trace is not None:
        _makers[session] = maker(sys._getframe(1), session)
    wrapped(*args, **kwargs)


def _connection_for_bind(wrapped: Any, transaction: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if not hub.run or _makers.get(transaction.session) != "test":
        return wrapped(*args, **kwargs)
    token = _for_test.set(True)
    try:
        return wrapped(*args, **kwargs)
    finally:
        _for_test.reset(token)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "sqlalchemy.orm.strategies":
        loader = getattr(module, "_LazyLoader", None) or module.LazyLoader  # before 2.1
        patches.on_undo(runs_for(loader._emit_lazyload.__code__, LAZY))
        return
    if module.__name__ == "sqlalchemy.orm.session":
        patches.wrap(module.Session, "__init__", _session_init)
        patches.wrap(module.SessionTransaction, "_connection_for_bind", _connection_for_bind)
        return
    from sqlalchemy import event
    from sqlalchemy.engine import Engine
    from sqlalchemy.engine.default import DefaultDialect
    from sqlalchemy.pool.base import _ConnectionFairy

    patches.wrap(Engine, "__init__", _engine_init)
    patches.wrap(DefaultDialect, "on_connect_url", _on_connect)
    patches.wrap(_ConnectionFairy, "_checkout", _checkout)
    patches.wrap(_ConnectionFairy, "_checkin", _checkin)
    event.listen(Engine, "do_connect", _do_connect)
    event.listen(Engine, "before_cursor_execute", _before_execute)
    patches.on_undo(lambda: event.remove(Engine, "before_cursor_execute", _before_execute))
    patches.on_undo(lambda: event.remove(Engine, "do_connect", _do_connect))


SEAM = Seam("sqlalchemy", ("sqlalchemy", "sqlalchemy.orm.session", "sqlalchemy.orm.strategies"), install)
