"""MySQL's and MariaDB's errors, raised by the server itself with SIGNAL: https://mariadb.com/kb/en/mariadb-error-codes/"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ...seams import hub
from ...seams.dbapi import Work, patience_of, state
from ...seams.sql import classify
from ...trace import Call
from .. import Clock, Fault, Strike
from ._servers import lose, lose_after, of_test, surrounded, then, waited

#: form -> (number, SQLSTATE, what the server says); `{table}` is that of the statement.
ERRORS = {
    "1205": (1205, "HY000", "Lock wait timeout exceeded; try restarting transaction"),
    "1969": (1969, "70100", "Query execution was interrupted (max_statement_time exceeded)"),
    "1213": (1213, "40001", "Deadlock found when trying to get lock; try restarting transaction"),
    "1290": (1290, "HY000", "The MariaDB server is running with the --read-only option so it cannot execute this statement"),
    "1114": (1114, "HY000", "The table '{table}' is full"),
}  # fmt: skip
#: Which error a fault is, by kind of call; a COMMIT waits for no lock.
FORMS = {
    "db.connection-refused": {"connect": "connection refused"},
    "db.too-many-connections": {"connect": "1040"},
    "db.connection-dropped": dict.fromkeys(("read", "write", "commit"), "connection closed"),
    "db.timeout": {"read": "1969", "write": "1205"},
    "db.deadlock": {"write": "1213"},
    "db.serialization-failure": {"write": "1213"},
    "db.read-only": {"write": "1290"},
    "db.disk-full": {"write": "1114"},
    "db.commit-lost": {"commit": "connection closed after COMMIT"},
}


class Dialect(Protocol):
    """What differs between the drivers of MySQL."""

    def cut(self, conn: Any) -> None:
        """End the connection under the driver."""
        ...

    def patience(self, conn: Any) -> float | None:
        """Seconds after which the client itself gives up waiting for an answer."""
        ...

    def run_out(self, conn: Any, do: Callable[[], Any]) -> Any:
        """Make a call that gets no answer until the client gives up."""
        ...

    def refuse(self, work: Work) -> Any:
        """Nobody listens there."""
        ...

    def too_many(self) -> Any:
        """The server refuses one more."""
        ...

    def syntax_error(self) -> BaseException:
        """A statement that is none."""
        ...


@dataclass(frozen=True)
class MySQLDriver:
    """MySQL or MariaDB through one of its drivers."""

    seams: frozenset[str]
    dialect: Dialect

    def form(self, fault: Fault, kind: str) -> str | None:
        return FORMS.get(fault.name, {}).get(kind)

    def strike(self, fault: Fault, variant: str, call: Call, live: Work, clock: Clock) -> Strike | None:
        form = self.form(fault, call.kind)
        if form is None or of_test(live, call):
            return None
        if live.conn is not None and hub.current_entry() is not None:
            hub.at_entry_end(state(live.conn).request_over)
        if fault.name == "db.commit-lost" and surrounded(live):
            return Strike(lambda _: lose_after(live, self.dialect.cut))
        if fault.name == "db.commit-lost":
            return Strike(lambda _: self._break(live, lambda: _unnoticed(live, live.do)))

        def perform(_: Any) -> Any:
            if fault.name == "db.timeout":
                patience, told = self.dialect.patience(live.conn), patience_of(live.conn)
                if patience is not None and (told is None or patience < told):
                    clock.advance(patience)
                    return self._run_out(live)
                waited(live, clock)
            return self._perform(form, call, live)

        return Strike(perform)

    def _run_out(self, live: Work) -> Any:
        if not surrounded(live):
            return self.dialect.run_out(live.conn, live.do)
        other = state(live.conn).stands_in()
        with other.cursor() as cursor:
            return self.dialect.run_out(other, lambda: cursor.execute("SELECT 1"))

    def _perform(self, form: str, call: Call, live: Work) -> Any:
        if form == "connection closed" and surrounded(live):
            return lose(live, self.dialect.cut)
        if form == "connection refused":
            return self.dialect.refuse(live)
        if form == "1040":
            return self.dialect.too_many()
        if form == "connection closed":
            self.dialect.cut(live.conn)
            return live.do()
        number, sqlstate, message = ERRORS[form]
        message = message.replace("{table}", classify(call.statement).operation.partition(" ")[2] or "t")
        signal = f"SIGNAL SQLSTATE '{sqlstate}' SET MYSQL_ERRNO = {number}, MESSAGE_TEXT = '{message.replace(chr(39), chr(39) * 2)}'"
        if form == "1213":  # all that the transaction did is gone; after 1205 it is not
            if surrounded(live):
                state(live.conn).undo()
                return live.send(signal)
            return then(lambda: _unnoticed(live, lambda: live.send("ROLLBACK")), lambda: live.send(signal))
        return live.send(signal)

    def _break(self, live: Work, before: Callable[[], Any]) -> Any:
        before()
        self.dialect.cut(live.conn)
        return live.send("COMMIT")

    def syntax_error(self, statement: str) -> BaseException:
        return self.dialect.syntax_error()


def _unnoticed(live: Work, do: Callable[[], Any]) -> Any:
    """Do what the driver is never told: PyMySQL remembers what the server last said of its transaction."""
    known = getattr(live.conn, "server_status", None)
    reply = do()
    if known is not None:
        live.conn.server_status = known
    return reply
