"""Clients of databases under one face: connect, execute, commit, rollback, and what can be seen of their state."""

from __future__ import annotations

import asyncio
import sys
from contextlib import suppress
from functools import cache
from importlib.util import find_spec
from typing import Any


class Client:
    """One connection; the transaction begins with the first statement."""

    name = ""
    conn: Any = None

    def connect(self, url: str) -> Any: ...

    def execute(self, sql: str) -> Any: ...

    def commit(self) -> Any:
        return self.conn.commit()

    def rollback(self) -> Any:
        return self.conn.rollback()

    def state(self) -> dict[str, Any]:
        return {}

    def close(self) -> Any:
        """Give the connection back, or end it."""
        return self.conn.close() if self.conn is not None else None

    def over(self) -> None:
        """The end of the test."""
        with suppress(Exception):
            self.close()


class Async(Client):
    """An asynchronous one, which runs its loop call by call."""

    def __init__(self) -> None:
        self.runner = asyncio.Runner()

    def run(self, coroutine: Any) -> Any:
        async def main() -> Any:
            return await coroutine

        return self.runner.run(main())

    def over(self) -> None:
        super().over()
        self.runner.close()


def rows(cursor: Any) -> Any:
    return [list(row) for row in cursor.fetchall()] if cursor is not None and cursor.description else None


# ------------------------------------------------------------------------------------------------------ PostgreSQL
class Psycopg(Client):
    name = "psycopg"

    def connect(self, url: str) -> Any:
        import psycopg

        self.conn = psycopg.connect(url)

    def execute(self, sql: str) -> Any:
        return rows(self.conn.execute(sql))

    def state(self) -> dict[str, Any]:
        conn = self.conn
        return conn and {
            "closed": conn.closed, "broken": conn.broken, "transaction": conn.info.transaction_status.name,
        }  # fmt: skip


class PsycopgAsync(Async):
    name = "psycopg (async)"

    def connect(self, url: str) -> Any:
        import psycopg

        self.conn = self.run(psycopg.AsyncConnection.connect(url))

    def execute(self, sql: str) -> Any:
        async def main() -> Any:
            cursor = await self.conn.execute(sql)
            return [list(row) for row in await cursor.fetchall()] if cursor.description else None

        return self.run(main())

    def commit(self) -> Any:
        return self.run(self.conn.commit())

    def rollback(self) -> Any:
        return self.run(self.conn.rollback())

    def close(self) -> Any:
        return self.conn and self.run(self.conn.close())

    state = Psycopg.state


class PsycopgPool(Psycopg):
    name = "psycopg_pool"
    pool: Any = None

    def connect(self, url: str) -> Any:
        from psycopg_pool import ConnectionPool

        if self.pool is None:
            self.pool = ConnectionPool(url, min_size=1, max_size=2, timeout=0.2, open=True, reconnect_timeout=0.1)
        self.conn = self.pool.getconn()

    def close(self) -> Any:
        """Whether the pool still wants it, and what it hands out next."""
        conn, self.conn = self.conn, None
        self.pool.putconn(conn)
        following = self.pool.getconn(timeout=5)
        try:
            return rows(following.execute("SELECT 1")), self.pool.get_stats().get("returns_bad")
        finally:
            self.pool.putconn(following)

    def over(self) -> None:
        if self.pool is not None:
            if self.conn is not None:
                self.pool.putconn(self.conn)
            self.pool.close(timeout=1)


class PsycopgPoolAsync(PsycopgAsync):
    name = "psycopg_pool (async)"
    pool: Any = None

    def connect(self, url: str) -> Any:
        from psycopg_pool import AsyncConnectionPool

        async def main() -> Any:
            if self.pool is None:
                self.pool = AsyncConnectionPool(
                    url, min_size=1, max_size=2, timeout=0.2, open=False, reconnect_timeout=0.1
                )
                await self.pool.open()
            self.conn = await self.pool.getconn()

        return self.run(main())

    def close(self) -> Any:
        async def main() -> Any:
            conn, self.conn = self.conn, None
            await self.pool.putconn(conn)
            following = await self.pool.getconn(timeout=5)
            try:
                return await (await following.execute("SELECT 1")).fetchall(), self.pool.get_stats().get("returns_bad")
            finally:
                await self.pool.putconn(following)

        return self.run(main())

    def over(self) -> None:
        async def main() -> None:
            if self.conn is not None:
                await self.pool.putconn(self.conn)
            await self.pool.close(timeout=1)

        if self.pool is not None:
            self.run(main())
        self.runner.close()


class Psycopg2(Client):
    name = "psycopg2"

    def connect(self, url: str) -> Any:
        import psycopg2

        self.conn = psycopg2.connect(url)

    def execute(self, sql: str) -> Any:
        with self.conn.cursor() as cursor:
            cursor.execute(sql)
            return rows(cursor)

    def state(self) -> dict[str, Any]:
        conn = self.conn
        return conn and {
            "closed": conn.closed, "status": conn.status, "transaction": conn.info.transaction_status,
        }  # fmt: skip


class Asyncpg(Async):
    name = "asyncpg"
    transaction: Any = None

    def connect(self, url: str) -> Any:
        import asyncpg

        self.conn = self.run(asyncpg.connect(url, timeout=5))

    def execute(self, sql: str) -> Any:
        async def main() -> Any:
            if self.transaction is None:
                self.transaction = self.conn.transaction()
                await self.transaction.start()
            return [list(row) for row in await self.conn.fetch(sql)]

        return self.run(main())

    def commit(self) -> Any:
        transaction, self.transaction = self.transaction, None
        return transaction and self.run(transaction.commit())

    def rollback(self) -> Any:
        transaction, self.transaction = self.transaction, None
        return transaction and self.run(transaction.rollback())

    def state(self) -> dict[str, Any]:
        return self.conn and {
            "closed": self.conn.is_closed(), "transaction": self.conn.is_in_transaction(),
        }  # fmt: skip

    def close(self) -> Any:
        return self.conn and self.run(self.conn.close(timeout=2))


class AsyncpgPool(Asyncpg):
    name = "asyncpg pool"
    pool: Any = None

    def connect(self, url: str) -> Any:
        import asyncpg

        async def main() -> Any:
            if self.pool is None:
                self.pool = await asyncpg.create_pool(url, min_size=0, max_size=2)
            self.conn = await self.pool.acquire()

        return self.run(main())

    def close(self) -> Any:
        async def main() -> Any:
            conn, self.conn = self.conn, None
            await self.pool.release(conn)
            return await self.pool.fetchval("SELECT 1"), self.pool.get_size(), self.pool.get_idle_size()

        return self.run(main())

    def over(self) -> None:
        if self.pool is not None:
            self.pool.terminate()
        self.runner.close()


# ------------------------------------------------------------------------------------------------------------ MySQL
class PyMySQL(Client):
    name = "pymysql"

    def connect(self, url: str) -> Any:
        import pymysql

        self.conn = pymysql.connect(**of_mysql(url))

    def execute(self, sql: str) -> Any:
        with self.conn.cursor() as cursor:
            cursor.execute(sql)
            return rows(cursor)

    def state(self) -> dict[str, Any]:
        conn = self.conn
        return conn and {"open": conn.open, "closed": conn._closed, "in transaction": conn.server_status & 1}


class PyMySQLReading(PyMySQL):
    """One that does not wait for ever."""

    name = "pymysql (read_timeout)"

    def connect(self, url: str) -> Any:
        import pymysql

        self.conn = pymysql.connect(**of_mysql(url), read_timeout=0.1)


class MySQLClient(Client):
    name = "mysqlclient"

    def connect(self, url: str) -> Any:
        import MySQLdb

        self.conn = MySQLdb.connect(**of_mysql(url))

    def execute(self, sql: str) -> Any:
        cursor = self.conn.cursor()
        try:
            cursor.execute(sql)
            return rows(cursor)
        finally:
            cursor.close()


def of_mysql(url: str) -> dict[str, Any]:
    from urllib.parse import unquote, urlsplit

    parts = urlsplit(url)
    return {
        "host": parts.hostname, "port": parts.port, "user": unquote(parts.username or ""),
        "password": unquote(parts.password or ""), "database": parts.path.strip("/"),
    }  # fmt: skip


# ----------------------------------------------------------------------------------------------------------- SQLite
class SQLite(Client):
    name = "sqlite3"

    def connect(self, url: str) -> Any:
        import sqlite3

        self.conn = sqlite3.connect(url.partition("///")[2])

    def execute(self, sql: str) -> Any:
        return rows(self.conn.execute(sql))

    def state(self) -> dict[str, Any]:
        return self.conn and {"in transaction": self.conn.in_transaction}


class Aiosqlite(Async):
    name = "aiosqlite"

    def connect(self, url: str) -> Any:
        import aiosqlite

        async def main() -> None:
            self.conn = await aiosqlite.connect(url.partition("///")[2])

        return self.run(main())

    def execute(self, sql: str) -> Any:
        async def main() -> Any:
            async with self.conn.execute(sql) as cursor:
                return [list(row) for row in await cursor.fetchall()]

        return self.run(main())

    def commit(self) -> Any:
        return self.run(self.conn.commit())

    def rollback(self) -> Any:
        return self.run(self.conn.rollback())

    state = SQLite.state

    def close(self) -> Any:
        conn, self.conn = self.conn, None
        return conn and self.run(conn.close())


# ------------------------------------------------------------------------------------------------------- SQLAlchemy
class SQLAlchemy(Client):
    """A connection of an engine."""

    engine: Any = None

    def __init__(self, driver: str) -> None:
        self.name, self.driver = f"sqlalchemy+{driver}", driver

    def make(self, url: str) -> Any:
        from sqlalchemy import create_engine

        return create_engine(f"{url.partition(':')[0]}+{self.driver}:{url.partition(':')[2]}")

    def connect(self, url: str) -> Any:
        if self.engine is None:
            self.engine = self.make(url)
        self.conn = self.engine.connect()

    def execute(self, sql: str) -> Any:
        found = self.conn.exec_driver_sql(sql)
        return [list(row) for row in found] if found.returns_rows else None

    def state(self) -> dict[str, Any]:
        conn = self.conn
        known = conn and {
            "closed": conn.closed, "invalidated": conn.invalidated, "transaction": conn.in_transaction(),
        }  # fmt: skip
        return {"connection": known, "pool": self.engine.pool.status()}

    def close(self) -> Any:
        """And what the pool gives to the next."""
        if self.conn is not None:
            self.conn.close()
        with self.engine.connect() as conn:
            return conn.exec_driver_sql("SELECT 1").scalar(), self.engine.pool.status()

    def over(self) -> None:
        with suppress(Exception):
            self.conn.close()
        if self.engine is not None:
            self.engine.dispose()


class SQLAlchemyAsync(Async):
    """A connection of an asynchronous engine."""

    engine: Any = None

    def __init__(self, driver: str) -> None:
        super().__init__()
        self.name, self.driver = f"sqlalchemy+{driver} (async)", driver

    def connect(self, url: str) -> Any:
        from sqlalchemy.ext.asyncio import create_async_engine

        if self.engine is None:
            scheme, _, rest = url.partition(":")
            self.engine = create_async_engine(f"{scheme}+{self.driver}:{rest}")

        async def main() -> None:
            self.conn = await self.engine.connect()

        return self.run(main())

    def execute(self, sql: str) -> Any:
        async def main() -> Any:
            found = await self.conn.exec_driver_sql(sql)
            return [list(row) for row in found] if found.returns_rows else None

        return self.run(main())

    def commit(self) -> Any:
        return self.run(self.conn.commit())

    def rollback(self) -> Any:
        return self.run(self.conn.rollback())

    state = SQLAlchemy.state

    def close(self) -> Any:
        async def main() -> Any:
            if self.conn is not None:
                await self.conn.close()
            async with self.engine.connect() as conn:
                return (await conn.exec_driver_sql("SELECT 1")).scalar(), self.engine.pool.status()

        return self.run(main())

    def over(self) -> None:
        async def main() -> None:
            if self.conn is not None:
                with suppress(Exception):
                    await self.conn.close()
            if self.engine is not None:
                await self.engine.dispose()

        self.run(main())
        self.runner.close()


class Session(SQLAlchemy):
    """A session of the ORM; a write is a flush."""

    session: Any = None

    def __init__(self, driver: str) -> None:
        super().__init__(driver)
        self.name = f"sqlalchemy+{driver} (Session)"

    def connect(self, url: str) -> Any:
        from sqlalchemy.orm import Session as Made

        if self.engine is None:
            self.engine = self.make(url)
        self.session = Made(self.engine)
        self.session.connection()

    def execute(self, sql: str) -> Any:
        from sqlalchemy import text

        if sql.startswith("INSERT INTO live VALUES"):
            self.session.add(_row()(id=int(sql.split("(")[1].split(",")[0]), n=0))
            return self.session.flush()
        found = self.session.execute(text(sql))
        return [list(row) for row in found] if found.returns_rows else None

    def commit(self) -> Any:
        return self.session.commit()

    def rollback(self) -> Any:
        return self.session.rollback()

    def state(self) -> dict[str, Any]:
        known = self.session and {"active": self.session.is_active, "transaction": self.session.in_transaction()}
        return {"session": known, "pool": self.engine.pool.status()}

    def close(self) -> Any:
        self.session.close()
        return super().close()

    def over(self) -> None:
        with suppress(Exception):
            self.session.close()
        super().over()


@cache
def _row() -> Any:
    from sqlalchemy import Integer
    from sqlalchemy.orm import declarative_base, mapped_column

    names = {"__tablename__": "live", "id": mapped_column(Integer, primary_key=True), "n": mapped_column(Integer)}
    return type("Live", (declarative_base(),), names)


# ----------------------------------------------------------------------------------------------------------- Django
class Django(Client):
    """A connection of Django's, in `atomic`."""

    def __init__(self, backend: str) -> None:
        self.name, self.backend = f"django+{backend}", backend
        self.block: Any = None

    def connect(self, url: str) -> Any:
        from django.conf import settings
        from django.db import connections
        from django.db.utils import ConnectionHandler

        if not settings.configured:
            settings.configure(DEFAULT_CHARSET="utf-8")
        if self.conn is None:
            if "MySQLdb" not in sys.modules and self.backend == "mysql" and find_spec("MySQLdb") is None:
                import pymysql

                pymysql.install_as_MySQLdb()
            where = of_mysql(url) if "://" in url and "sqlite" not in url else {"database": url.partition("///")[2]}
            made = {"ENGINE": f"django.db.backends.{self.backend}", "NAME": where.pop("database")}
            made |= {name.upper(): value for name, value in where.items()}
            self.conn = ConnectionHandler({"default": made, "live": made}).create_connection("live")
            connections["live"] = self.conn
        self.conn.ensure_connection()

    def execute(self, sql: str) -> Any:
        from django.db.transaction import Atomic

        if self.block is None:
            self.block = Atomic("live", True, False)
            self.block.__enter__()
        with self.conn.cursor() as cursor:
            cursor.execute(sql)
            return rows(cursor)

    def commit(self) -> Any:
        block, self.block = self.block, None
        return block and block.__exit__(None, None, None)

    def rollback(self) -> Any:
        block, self.block = self.block, None
        return block and block.__exit__(ValueError, ValueError(), None)

    def state(self) -> dict[str, Any]:
        conn = self.conn
        return conn and {
            "connected": conn.connection is not None, "errors occurred": conn.errors_occurred,
            "needs rollback": conn.needs_rollback, "in atomic": conn.in_atomic_block,
            "closed in transaction": conn.closed_in_transaction,
        }  # fmt: skip

    def close(self) -> Any:
        self.rollback()
        return self.conn and self.conn.close()
