"""psycopg2's own errors, from its own connection."""

from __future__ import annotations

from typing import Any

from ...seams.dbapi import Work
from ...trace import Call
from ._postgres import PostgresDriver, ServerError, address
from ._servers import cut
from .psycopg import REFUSED


class Psycopg2:
    """What is special about psycopg2: `diag` comes from C, and names the place where the error was raised on purpose."""

    def cut(self, conn: Any) -> None:
        cut(conn.fileno())

    def refused(self, work: Work) -> BaseException:
        return _failed(f"{address(work.where)} failed: {REFUSED[str(work.where.get('host') or '/')[:1] == '/']}\n")

    def too_many(self, work: Work, error: ServerError) -> BaseException:
        return _failed(f"{address(work.where)} failed: {error.severity}:  {error.message}\n")

    def words(self, exc: Any, error: ServerError, call: Call) -> Exception:
        exc.args = (f"{error.text}\n",)
        exc.__setstate__(
            {"pgerror": f"{error.severity}:  {error.text}\n", "pgcode": error.sqlstate, "cursor": exc.cursor}
        )
        return exc  # type: ignore[no-any-return]

    def syntax_error(self) -> BaseException:
        import psycopg2

        return psycopg2.errors.SyntaxError("syntax error at end of input\n")  # type: ignore[no-any-return]


def _failed(text: str) -> BaseException:
    import psycopg2

    return psycopg2.OperationalError(text)  # type: ignore[no-any-return]


DRIVER = PostgresDriver(frozenset({"psycopg2"}), Psycopg2(), lambda exc: getattr(exc, "pgcode", None))
