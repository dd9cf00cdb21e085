"""asyncpg: connections, prepared statements (SQLAlchemy prepares all of them) and pools."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from ..trace import Call
from . import Patches, Seam, hub, plan_postgres
from .dbapi import Library, Work, gave_back, state, target
from .planners import Planner


def _host(conn: Any) -> str:
    return conn._addr[0] if isinstance(conn._addr, tuple) else ""  # else the path of a socket


def _busy(conn: Any) -> str:
    return "somebody logs the queries of the connection" if conn._query_loggers else ""


PLANNER = Planner(
    _host,
    _busy,
    lambda conn, sql, given: plan_postgres.steps(conn.is_in_transaction(), sql, given),
    lambda conn, sql, given: conn.fetchval(sql, *(given or ())),
)
LIBRARY = Library("asyncpg", "a PostgreSQL server", lambda conn: not conn.is_in_transaction(), PLANNER)


def _where(args: tuple[Any, ...], kwargs: dict[str, Any]) -> dict[str, Any]:
    from urllib.parse import urlsplit

    dsn = args[0] if args else kwargs.get("dsn")
    parts = urlsplit(dsn if isinstance(dsn, str) else "")
    return {
        "host": kwargs.get("host") or parts.hostname or "localhost",
        "port": kwargs.get("port") or parts.port or 5432,
        "database": kwargs.get("database") or parts.path.strip("/"),
    }


async def _connect(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    timeout = kwargs.get("timeout", 60)
    return await LIBRARY.connect_async(
        _where(args, kwargs), timeout, lambda: wrapped(*args, **kwargs), sys._getframe(1)
    )


def _work(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Work:
    return Work(conn, lambda: wrapped(*args, **kwargs), lambda sql: conn.execute(sql))


def _rows(reply: Any) -> int:
    return len(reply) if isinstance(reply, list) else int(reply is not None)


async def _query(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any], many: bool = False) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    given = args[1] if many and len(args) > 1 else tuple(args[1:])
    work = _work(wrapped, conn, args, kwargs)
    return await LIBRARY.statement_async(conn, args[0] if args else None, work, given, many, _rows)


async def _many(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return await _query(wrapped, conn, args, kwargs, many=True)


async def _prepared(wrapped: Any, prepared: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    conn = prepared._connection
    work = _work(wrapped, conn, args, kwargs)
    return await LIBRARY.statement_async(conn, prepared.get_query(), work, tuple(args), False, _rows)


async def _close(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    gave_back(conn, sys._getframe(1))
    return await wrapped(*args, **kwargs)


# ---------------------------------------------------------------------------------------------------------- pools
def _pool_init(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    wrapped(*args, **kwargs)
    if hub.trace is not None:
        frame = sys._getframe(1)
        hub.made("pool", pool, frame.f_back if frame.f_code.co_name == "create_pool" else frame)


async def _acquire(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    where = _where(pool._connect_args, pool._connect_kwargs)

    def describe() -> Call:
        return Call("asyncpg", "db", "connect", "connect", target(where))

    do = lambda: wrapped(*args, **kwargs)  # noqa: E731
    proxy = await hub.around_async(describe, Work(None, do, where=where), do)
    known = state(proxy._con)
    known.target, known.lease = target(where), hub.took("check-out", type(pool).__name__, sys._getframe(1))
    return proxy


async def _release(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    proxy = args[0] if args else kwargs.get("connection")
    conn = getattr(proxy, "_con", None)
    if conn is not None:
        gave_back(conn, sys._getframe(1))
        state(conn).wrote = False
    with hub.quiet():  # the pool makes it as good as new
        return await wrapped(*args, **kwargs)


def _detach(wrapped: Any, proxy: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A connection that is lost while it is checked out goes back by itself: the later `release` knows it no more."""
    if proxy._con is not None:
        gave_back(proxy._con, sys._getframe(1))
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    from asyncpg import connection, pool, prepared_stmt

    wrapper = patches.wrap(connection, "connect", _connect)
    patches.set(module, "connect", wrapper)
    for name in ("execute", "fetch", "fetchrow", "fetchval"):
        patches.wrap(connection.Connection, name, _query)
    for name in ("executemany", "fetchmany"):
        if hasattr(connection.Connection, name):
            patches.wrap(connection.Connection, name, _many)
    patches.wrap(connection.Connection, "close", _close)
    for name in ("fetch", "fetchrow", "fetchval"):
        patches.wrap(prepared_stmt.PreparedStatement, name, _prepared)
    patches.wrap(pool.Pool, "__init__", _pool_init)
    patches.wrap(pool.Pool, "_acquire", _acquire)
    patches.wrap(pool.Pool, "release", _release)
    patches.wrap(pool.PoolConnectionProxy, "_detach", _detach)


SEAM = Seam("asyncpg", ("asyncpg",), install)
