"""psycopg2's own errors, from its own connection."""

from __future__ import annotations

from typing import Any, NoReturn

from ...seams.dbapi import Work
from ...trace import Call
from ._postgres import PostgresDriver, ServerError, address
from ._servers import cut, cut_after
from .psycopg import REFUSED


class Psycopg2:
    """What is special about psycopg2: `diag` comes from C, and names the place where the error was raised on purpose."""

    def cut(self, conn: Any) -> None:
        cut(conn.fileno())

    def lose_answer(self, work: Work) -> Any:
        return cut_after(work, self.cut)

    def refused(self, work: Work) -> NoReturn:
        raise _failed(f"{address(work.where)} failed: {REFUSED[str(work.where.get('host') or '/')[:1] == '/']}\n")

    def too_many(self, work: Work, error: ServerError) -> NoReturn:
        raise _failed(f"{address(work.where)} failed: {error.severity}:  {error.message}\n")

    def wire(self, conn: Any) -> int | None:
        return None if conn.info.ssl_in_use else conn.fileno()

    def in_transaction(self, conn: Any) -> bool:
        return bool(conn.info.transaction_status)

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
