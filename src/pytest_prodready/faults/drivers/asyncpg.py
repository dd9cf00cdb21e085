"""asyncpg's own errors, from its own connection; what happens while it connects is the operating system's."""

from __future__ import annotations

import asyncio
import errno
import os
from typing import Any, NoReturn

from ...seams.dbapi import Work
from ...trace import Call
from ._postgres import PostgresDriver, ServerError


class Asyncpg:
    """What is special about asyncpg."""

    def cut(self, conn: Any) -> None:
        conn._transport.abort()  # noticed when the loop runs, and so while the query waits

    async def lose_answer(self, work: Work) -> Any:
        """The answer comes, and nobody reads it."""
        transport, loop = work.conn._transport, asyncio.get_running_loop()
        transport.pause_reading()
        waiting = asyncio.ensure_future(work.do())
        answered, descriptor = asyncio.Event(), os.dup(transport.get_extra_info("socket").fileno())
        loop.add_reader(descriptor, answered.set)
        try:
            await answered.wait()
        finally:
            loop.remove_reader(descriptor)
            os.close(descriptor)
            transport.abort()
        return await waiting

    def refused(self, work: Work) -> NoReturn:
        place = str(work.where.get("host")).replace("localhost", "127.0.0.1"), int(work.where.get("port") or 5432)
        raise ConnectionRefusedError(errno.ECONNREFUSED, f"Connect call failed {place}")

    def too_many(self, work: Work, error: ServerError) -> NoReturn:
        from asyncpg.exceptions import TooManyConnectionsError

        exc = TooManyConnectionsError(error.message)
        exc.query = None
        raise self._told(exc, error)

    def wire(self, conn: Any) -> None:
        return None

    def in_transaction(self, conn: Any) -> bool:
        return bool(conn.is_in_transaction())

    def words(self, exc: Any, error: ServerError, call: Call) -> Exception:
        exc.query = call.statement
        return self._told(exc, error)

    @staticmethod
    def _told(exc: Any, error: ServerError) -> Exception:
        exc.message, exc.detail, exc.hint, exc.context = error.message, error.detail, error.hint, error.context
        exc.severity = exc.severity_en = error.severity
        exc.server_source_filename, exc.server_source_line, exc.server_source_function = error.place
        return exc  # type: ignore[no-any-return]

    def syntax_error(self) -> BaseException:
        from asyncpg.exceptions import PostgresSyntaxError

        return PostgresSyntaxError("syntax error at end of input")  # type: ignore[no-any-return]


DRIVER = PostgresDriver(frozenset({"asyncpg"}), Asyncpg(), lambda exc: getattr(exc, "sqlstate", None))
