"""psycopg 3: its own errors, from its own connection; and its pools, which say only that they waited in vain."""

from __future__ import annotations

import socket
from typing import Any

from ...seams.dbapi import Work
from ...trace import Call
from .. import Clock, Fault, Strike
from ._postgres import PostgresDriver, ServerError, address
from ._servers import cut, cut_after, failing


class Psycopg:
    """What is special about psycopg 3."""

    def cut(self, conn: Any) -> None:
        cut(conn.pgconn.socket)

    def lose_answer(self, work: Work) -> Any:
        return cut_after(work, self.cut)

    def refused(self, work: Work) -> Any:
        return _connection_fails(work, REFUSED[str(work.where.get("host") or "/")[:1] == "/"])

    def too_many(self, work: Work, error: ServerError) -> Any:
        return _connection_fails(work, f"{error.severity}:  {error.message}")

    def wire(self, conn: Any) -> int | None:
        return None if conn.pgconn.ssl_in_use else conn.pgconn.socket

    def in_transaction(self, conn: Any) -> bool:
        return bool(conn.pgconn.transaction_status)

    def words(self, exc: Any, error: ServerError, call: Call) -> Exception:
        from psycopg.pq import DiagnosticField as Field

        file, line, function = error.place
        fields = {
            Field.SEVERITY: error.severity, Field.SEVERITY_NONLOCALIZED: error.severity, Field.SQLSTATE: error.sqlstate,
            Field.MESSAGE_PRIMARY: error.message, Field.MESSAGE_DETAIL: error.detail, Field.MESSAGE_HINT: error.hint,
            Field.CONTEXT: error.context, Field.SOURCE_FILE: file, Field.SOURCE_LINE: line, Field.SOURCE_FUNCTION: function,
        }  # fmt: skip
        exc._info = {field: (fields.get(field) or "").encode() or None for field in Field}
        exc.args = (error.text,)
        return exc  # type: ignore[no-any-return]

    def syntax_error(self) -> BaseException:
        import psycopg

        return psycopg.errors.SyntaxError("syntax error at end of input")


#: What libpq says of a server (False) and of a socket in the file system (True).
REFUSED = {
    False: "Connection refused\n\tIs the server running on that host and accepting TCP/IP connections?",
    True: "No such file or directory\n\tIs the server running locally and accepting connections on that socket?",
}


def _connection_fails(work: Work, why: str) -> Any:
    """Where really nobody listens, in the words of the server that was asked for."""

    def told(exc: Exception) -> Exception:
        exc.args = (f"connection failed: {address(work.where)} failed: {why}",)
        return exc

    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))  # and does not listen
        place = {"host": "127.0.0.1", "hostaddr": "127.0.0.1", "port": unused.getsockname()[1]}
    return failing(lambda: work.where["again"](**place), told)


class PoolDriver:
    """A pool of psycopg's: whatever keeps it from connecting, its users see that they have waited too long."""

    seams = frozenset({"psycopg_pool"})

    def form(self, fault: Fault, kind: str) -> str | None:
        return "PoolTimeout" if fault.name in ("db.connection-refused", "db.too-many-connections") else None

    def strike(self, fault: Fault, variant: str, call: Call, live: float, clock: Clock) -> Strike | None:
        def perform(_: Any) -> Any:
            from psycopg_pool import PoolTimeout

            clock.advance(live)
            said = f"couldn't get a connection after {live:.2f} sec"
            try:
                raise PoolTimeout(said)
            except PoolTimeout:
                raise PoolTimeout(said) from None

        return Strike(perform)


DRIVERS = [
    PostgresDriver(frozenset({"psycopg"}), Psycopg(), lambda exc: getattr(exc, "sqlstate", None)),
    PoolDriver(),
]
