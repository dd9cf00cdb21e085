"""psycopg 3, synchronous and not: connections, cursors and transaction blocks; and its pools."""

from __future__ import annotations

import sys
from types import FrameType, ModuleType
from typing import Any

from ..trace import Call
from . import Patches, Seam, hub, plan_postgres
from .dbapi import Library, Work, gave_back, library, rolled_back, state
from .planners import Planner, Steps

IN_TRANSACTION = 2


def _idle(conn: Any) -> bool:
    return bool(conn.pgconn.transaction_status == 0)


# --------------------------------------------------------------------------------------------------------- plans
def _busy(conn: Any) -> str:
    if conn._pipeline is not None:
        return "the connection was in pipeline mode"
    return "" if conn.pgconn.transaction_status in (0, IN_TRANSACTION) else "the connection was in use"


def _steps(conn: Any, sql: str, given: Any) -> Steps:
    return plan_postgres.steps(conn.pgconn.transaction_status == IN_TRANSACTION, sql, given)


def _asking(conn: Any, sql: str, given: Any) -> Any:
    """A cursor that puts the parameters into the text: the server need not know their types."""
    import psycopg
    from psycopg.rows import tuple_row

    if isinstance(conn, psycopg.AsyncConnection):
        return _asking_async(psycopg.AsyncClientCursor(conn, row_factory=tuple_row), sql, given)
    with psycopg.ClientCursor(conn, row_factory=tuple_row) as cursor:
        cursor.execute(sql.encode(), given)
        row = cursor.fetchone() if cursor.description else None
        return row and row[0]


async def _asking_async(cursor: Any, sql: str, given: Any) -> Any:
    async with cursor:
        await cursor.execute(sql.encode(), given)
        return (await cursor.fetchone())[0] if cursor.description else None


PLANNER = Planner(lambda conn: conn.info.host or "", _busy, _steps, _asking)
LIBRARY = Library("psycopg", "a PostgreSQL server", lambda conn: conn.autocommit and _idle(conn), PLANNER)


def _sql(conn: Any, query: Any) -> Any:
    """The text of a statement, which may be composed of parts."""
    if isinstance(query, (str, bytes)) or not hasattr(query, "as_string"):
        return query
    try:
        return query.as_string(conn)
    except Exception:  # psycopg will say so itself
        return None


# ---------------------------------------------------------------------------------------------------- connections
def _where(cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[dict[str, Any], float | None]:
    from psycopg.conninfo import conninfo_to_dict

    names = ("autocommit", "prepare_threshold", "context", "row_factory", "cursor_factory")
    try:
        known = conninfo_to_dict(
            args[0] if args else kwargs.get("conninfo", ""),
            **{k: v for k, v in kwargs.items() if k not in (*names, "conninfo")},
        )
    except Exception:  # psycopg will say so itself
        return {}, None
    where = {"host": known.get("host"), "port": known.get("port") or 5432, "database": known.get("dbname")}
    timeout = known.get("connect_timeout")
    return where, float(timeout) if timeout else None


def _connect(wrapped: Any, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return wrapped(*args, **kwargs)
    where, timeout = _where(cls, args, kwargs)
    where["again"] = lambda **other: wrapped(*args, **{**kwargs, **other})
    return LIBRARY.connect(where, timeout, lambda: wrapped(*args, **kwargs))


async def _connect_async(wrapped: Any, cls: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None:
        return await wrapped(*args, **kwargs)
    where, timeout = _where(cls, args, kwargs)
    where["again"] = lambda **other: wrapped(*args, **{**kwargs, **other})
    return await LIBRARY.connect_async(where, timeout, lambda: wrapped(*args, **kwargs), sys._getframe(1))


def _close(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    gave_back(conn, sys._getframe(1))
    return wrapped(*args, **kwargs)


def _exit(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A `with` block closes the connection, wherever it was taken."""
    lease = state(conn).lease
    if lease is not None and getattr(conn, "_pool", None) is None:
        gave_back(conn, sys._getframe(1))
    return wrapped(*args, **kwargs)


def _commit(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return LIBRARY.commit(conn, Work(conn, lambda: wrapped(*args, **kwargs), lambda sql: _send(conn, sql)))


async def _commit_async(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return await LIBRARY.commit_async(conn, Work(conn, lambda: wrapped(*args, **kwargs), lambda sql: _send(conn, sql)))


def _rollback(wrapped: Any, conn: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    rolled_back(conn)
    return wrapped(*args, **kwargs)


# -------------------------------------------------------------------------------------------------------- cursors
def _send(conn: Any, sql: str) -> Any:
    """Other SQL, by a cursor of the plainest kind."""
    import psycopg

    asynchronous = isinstance(conn, psycopg.AsyncConnection)
    return (psycopg.AsyncCursor(conn) if asynchronous else psycopg.Cursor(conn)).execute(sql.encode())


def _work(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Work:
    conn = cursor.connection
    return Work(conn, lambda: wrapped(*args, **kwargs), lambda sql: _send(conn, sql))


def _rows(cursor: Any) -> int:
    return cursor.rowcount or 0 if cursor is not None else 0


def _given(args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    return args[1] if len(args) > 1 else kwargs.get("params", kwargs.get("params_seq"))


def _execute(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    conn, query = cursor.connection, args[0] if args else kwargs.get("query")
    return LIBRARY.statement(
        conn, _sql(conn, query), _work(wrapped, cursor, args, kwargs), _given(args, kwargs), rows=_rows
    )


async def _execute_async(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    conn, query = cursor.connection, args[0] if args else kwargs.get("query")
    return await LIBRARY.statement_async(
        conn, _sql(conn, query), _work(wrapped, cursor, args, kwargs), _given(args, kwargs), rows=_rows
    )


def _executemany(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    conn, query = cursor.connection, args[0] if args else kwargs.get("query")
    return LIBRARY.statement(
        conn, _sql(conn, query), _work(wrapped, cursor, args, kwargs), _given(args, kwargs), many=True
    )


async def _executemany_async(wrapped: Any, cursor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    conn, query = cursor.connection, args[0] if args else kwargs.get("query")
    return await LIBRARY.statement_async(
        conn, _sql(conn, query), _work(wrapped, cursor, args, kwargs), _given(args, kwargs), many=True
    )


# --------------------------------------------------------------------------------------------- transaction blocks
def _commits(block: Any, args: tuple[Any, ...]) -> bool:
    return block._outer_transaction and not block.force_rollback and (not args or args[0] is None)


def _block_exit(wrapped: Any, block: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if not _commits(block, args):
        return wrapped(*args, **kwargs)
    return _commit(wrapped, block.connection, args, kwargs)


async def _block_exit_async(wrapped: Any, block: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if not _commits(block, args):
        return await wrapped(*args, **kwargs)
    return await _commit_async(wrapped, block.connection, args, kwargs)


# ---------------------------------------------------------------------------------------------------------- pools
def _checking_out(pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> tuple[Any, float]:
    given = args[0] if args else kwargs.get("timeout")
    timeout = float(pool.timeout if given is None else given)
    known, _ = _where(None, (pool.conninfo if isinstance(pool.conninfo, str) else "",), dict(_kwargs(pool)))

    def describe() -> Call:
        from .dbapi import target

        return Call("psycopg_pool", "db", "connect", "connect", target(known), timeout=timeout)

    return describe, timeout


def _kwargs(pool: Any) -> dict[str, Any]:
    return pool.kwargs if isinstance(pool.kwargs, dict) else {}


def _getconn(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return wrapped(*args, **kwargs)
    describe, timeout = _checking_out(pool, args, kwargs)
    conn = hub.around(describe, timeout, lambda: wrapped(*args, **kwargs))
    return _checked_out(pool, conn, sys._getframe(1))


async def _getconn_async(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.inside:
        return await wrapped(*args, **kwargs)
    describe, timeout = _checking_out(pool, args, kwargs)
    conn = await hub.around_async(describe, timeout, lambda: wrapped(*args, **kwargs))
    return _checked_out(pool, conn, sys._getframe(1))


def _checked_out(pool: Any, conn: Any, frame: FrameType | None) -> Any:
    known = state(conn)
    known.lease = hub.took("check-out", type(pool).__name__, frame)
    return conn


def _putconn(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    conn = args[0] if args else kwargs["conn"]
    gave_back(conn, sys._getframe(1))
    rolled_back(conn)
    return library(lambda: wrapped(*args, **kwargs))


def _pool_init(wrapped: Any, pool: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    wrapped(*args, **kwargs)
    if hub.trace is not None:
        hub.made("pool", pool, sys._getframe(1))


# ------------------------------------------------------------------------------------------------------- the seam
def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "psycopg_pool":
        for pool, getconn in ((module.ConnectionPool, _getconn), (module.AsyncConnectionPool, _getconn_async)):
            patches.wrap(pool, "__init__", _pool_init)
            patches.wrap(pool, "getconn", getconn)
            patches.wrap(pool, "putconn", _putconn)
        return
    for conn, connect, commit in (
        (module.Connection, _connect, _commit),
        (module.AsyncConnection, _connect_async, _commit_async),
    ):
        patches.wrap(conn, "connect", connect)
        patches.wrap(conn, "commit", commit)
        patches.wrap(conn, "rollback", _rollback)
        patches.wrap(conn, "close", _close)
    patches.wrap(module.Connection, "__exit__", _exit)
    patches.wrap(module.AsyncConnection, "__aexit__", _exit)
    for cursor, execute, many in (
        (module.Cursor, _execute, _executemany),
        (module.AsyncCursor, _execute_async, _executemany_async),
    ):
        patches.wrap(cursor, "execute", execute)
        patches.wrap(cursor, "executemany", many)
    patches.wrap(module.Transaction, "__exit__", _block_exit)
    patches.wrap(module.AsyncTransaction, "__aexit__", _block_exit_async)
    patches.set(module, "connect", module.Connection.connect)


SEAM = Seam("psycopg", ("psycopg", "psycopg_pool"), install)
