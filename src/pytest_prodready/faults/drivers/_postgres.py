"""PostgreSQL's errors, raised by the server itself: its drivers make of them what they make of the real ones.

Texts and places are those of PostgreSQL 15; codes: https://www.postgresql.org/docs/current/errcodes-appendix.html
"""

from __future__ import annotations

import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Protocol

from ...seams import hub
from ...seams.dbapi import Work, state
from ...seams.sql import classify
from ...trace import Call
from .. import Clock, Fault, Strike
from . import _libpq
from ._servers import after_failing, failing, lose, lose_after, of_test, spared, surrounded, then, waited


@dataclass(frozen=True)
class ServerError:
    """What the server says. `{verb}` and `{table}` are those of the statement."""

    sqlstate: str
    message: str
    place: tuple[str, str, str]  # in the server's source: file, line, function
    detail: str | None = None
    hint: str | None = None
    context: str | None = None
    severity: str = "ERROR"

    def of(self, call: Call) -> ServerError:
        """With the words of this statement."""
        verb = (call.statement.split() or ["INSERT"])[0].upper()
        table = classify(call.statement).operation.partition(" ")[2] or "relation"

        def fill(text: str | None) -> Any:
            return text and text.replace("{verb}", verb).replace("{table}", table)

        return ServerError(
            self.sqlstate,
            fill(self.message),
            self.place,
            fill(self.detail),
            self.hint,
            fill(self.context),
            self.severity,
        )

    @property
    def sent(self) -> bytes:
        """As the server sends it."""
        file, line, function = self.place
        return _libpq.error({
            "S": self.severity, "V": self.severity, "C": self.sqlstate, "M": self.message, "D": self.detail,
            "H": self.hint, "W": self.context, "F": file, "L": line, "R": function,
        })  # fmt: skip

    @property
    def text(self) -> str:
        """As libpq shows it."""
        more = (("DETAIL", self.detail), ("HINT", self.hint), ("CONTEXT", self.context))
        return "\n".join([self.message, *(f"{name}:  {text}" for name, text in more if text)])


ERRORS = {
    "57014": ServerError("57014", "canceling statement due to statement timeout", ("postgres.c", "3319", "ProcessInterrupts")),
    "40P01": ServerError(
        "40P01", "deadlock detected", ("deadlock.c", "1147", "DeadLockReport"),
        "Process 9624 waits for ShareLock on transaction 1034; blocked by process 9623.\n"
        "Process 9623 waits for ShareLock on transaction 1035; blocked by process 9624.",
        "See server log for query details.", 'while updating tuple (0,18) in relation "{table}"',
    ),
    "40001": ServerError(
        "40001", "could not serialize access due to concurrent update", ("nodeModifyTable.c", "2407", "ExecUpdate")
    ),
    "40001 at COMMIT": ServerError(
        "40001", "could not serialize access due to read/write dependencies among transactions",
        ("predicate.c", "4879", "PreCommit_CheckForSerializationFailure"),
        "Reason code: Canceled on identification as a pivot, during commit attempt.",
        "The transaction might succeed if retried.",
    ),
    "25006": ServerError(
        "25006", "cannot execute {verb} in a read-only transaction", ("utility.c", "414", "PreventCommandIfReadOnly")
    ),
    "53100": ServerError(
        "53100", 'could not extend file "base/16385/24645": No space left on device', ("md.c", "486", "mdextend"),
        None, "Check free disk space.",
    ),
    "53300": ServerError(
        "53300", "remaining connection slots are reserved for non-replication superuser connections",
        ("postinit.c", "886", "InitPostgres"), severity="FATAL",
    ),
}  # fmt: skip
#: Which error a fault is, by kind of call; a COMMIT waits for no lock and extends no file.
FORMS = {
    "db.connection-refused": {"connect": "connection refused"},
    "db.too-many-connections": {"connect": "53300"},
    "db.connection-dropped": dict.fromkeys(("read", "write", "commit"), "connection closed"),
    "db.timeout": dict.fromkeys(("read", "write"), "57014"),
    "db.deadlock": {"write": "40P01"},
    "db.serialization-failure": {"write": "40001", "commit": "40001 at COMMIT"},
    "db.read-only": {"write": "25006"},
    "db.disk-full": {"write": "53100"},
    "db.commit-lost": {"commit": "connection closed after COMMIT"},
}


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"


def raising(error: ServerError) -> str:
    """SQL by which the server raises this error, with all that a transaction goes through then."""
    options = {"ERRCODE": error.sqlstate, "MESSAGE": error.message, "DETAIL": error.detail, "HINT": error.hint}
    using = ", ".join(f"{name} = {_quoted(text)}" for name, text in options.items() if text)
    return f"DO $prodready$ BEGIN RAISE EXCEPTION USING {using}; END $prodready$"


def raising_at_commit(error: ServerError) -> str:
    """SQL after which the next COMMIT is refused with this error: by a constraint that is checked only then."""
    raises = (
        raising(error).removeprefix("DO $prodready$ ").removesuffix(" $prodready$").replace("END", "RETURN NULL; END")
    )
    return f"""DO $prodready_commit$ BEGIN
CREATE TEMP TABLE prodready_commit (it int) ON COMMIT DROP;
CREATE FUNCTION pg_temp.prodready_commit() RETURNS trigger LANGUAGE plpgsql AS $prodready$ {raises} $prodready$;
CREATE CONSTRAINT TRIGGER prodready_commit AFTER INSERT ON prodready_commit DEFERRABLE INITIALLY DEFERRED
FOR EACH ROW EXECUTE FUNCTION pg_temp.prodready_commit();
INSERT INTO prodready_commit VALUES (1);
END $prodready_commit$"""


def address(where: dict[str, Any]) -> str:
    """How libpq names what it connects to."""
    host, port = where.get("host") or "/var/run/postgresql", where.get("port") or 5432
    if str(host).startswith("/"):
        return f'connection to server on socket "{host}/.s.PGSQL.{port}"'
    try:
        found = socket.gethostbyname(str(host))
    except OSError:
        found = str(host)
    return f'connection to server at "{host}"{"" if found == host else f" ({found})"}, port {port}'


class Dialect(Protocol):
    """What differs between the drivers of PostgreSQL."""

    def cut(self, conn: Any) -> None:
        """End the connection under the driver."""
        ...

    def lose_answer(self, work: Work) -> Any:
        """Let the server COMMIT, and end the connection before it says so."""
        ...

    def refused(self, work: Work) -> Any:
        """Nobody listens there."""
        ...

    def too_many(self, work: Work, error: ServerError) -> Any:
        """The server refuses one more."""
        ...

    def wire(self, conn: Any) -> int | None:
        """The descriptor from which libpq reads what the server says; None where that is encrypted, or there is no libpq."""
        ...

    def in_transaction(self, conn: Any) -> bool:
        """Whether a transaction is open, be it an aborted one."""
        ...

    def words(self, exc: Exception, error: ServerError, call: Call) -> Exception:
        """Make an error that was raised on purpose say what the real one says."""
        ...

    def syntax_error(self) -> BaseException:
        """A statement that is none."""
        ...


@dataclass(frozen=True)
class PostgresDriver:
    """PostgreSQL through one of its drivers."""

    seams: frozenset[str]
    dialect: Dialect
    sqlstate: Callable[[Exception], str | None]

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
            return Strike(lambda _: self.dialect.lose_answer(live))

        def perform(_: Any) -> Any:
            if fault.name == "db.timeout":
                waited(live, clock)
            return self._perform(form, call, live)

        return Strike(perform)

    def _perform(self, form: str, call: Call, live: Work) -> Any:
        if form == "connection closed" and surrounded(live):
            return lose(live, self.dialect.cut)
        if form == "connection refused":
            return self.dialect.refused(live)
        if form == "53300":
            return self.dialect.too_many(live, ERRORS[form])
        if form == "connection closed":
            return self._break(live, live.do)
        error = ERRORS[form].of(call)

        def mend(exc: Exception) -> BaseException:
            return self.dialect.words(exc, error, call) if self.sqlstate(exc) == error.sqlstate else exc

        wire, within = self.dialect.wire(live.conn), surrounded(live)
        if wire is None:
            if call.kind == "commit" and not within:
                return failing(lambda: then(lambda: live.send(raising_at_commit(error)), live.do), mend)
            return spared(live, lambda: failing(lambda: live.send(raising(error)), mend))
        if call.kind == "commit" and not within:
            return _libpq.answered(wire, error.sent, False, live.do, lambda: _libpq.tell(wire, "ROLLBACK"))
        return spared(live, lambda: self._refused(wire, error, live))

    def _refused(self, wire: int, error: ServerError, live: Work) -> Any:
        """The server refuses a statement, with all that its transaction goes through then; libpq reads why."""

        def answer() -> Any:
            return _libpq.answered(wire, error.sent, self.dialect.in_transaction(live.conn), live.do)

        return after_failing(
            lambda: live.send(raising(error)), lambda exc: self.sqlstate(exc) == error.sqlstate, answer
        )

    def _break(self, live: Work, do: Callable[[], Any]) -> Any:
        self.dialect.cut(live.conn)
        return do()

    def syntax_error(self, statement: str) -> BaseException:
        return self.dialect.syntax_error()
