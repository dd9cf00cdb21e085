"""asyncpg's own errors, from its own connection; what happens while it connects is the operating system's."""

from __future__ import annotations

import errno
from typing import Any

from ...seams.dbapi import Work
from ...trace import Call
from ._postgres import PostgresDriver, ServerError


class Asyncpg:
    """What is special about asyncpg."""

    def cut(self, conn: Any) -> None:
        conn._transport.abort()  # noticed when the loop runs, and so while the query waits

    def refused(self, work: Work) -> BaseException:
        place = str(work.where.get("host")).replace("localhost", "127.0.0.1"), int(work.where.get("port") or 5432)
        return ConnectionRefusedError(errno.ECONNREFUSED, f"Connect call failed {place}")

    def too_many(self, work: Work, error: ServerError) -> BaseException:
        from asyncpg.exceptions import TooManyConnectionsError

        return self._told(TooManyConnectionsError(error.message), error)

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
