"""mysqlclient's own errors, from its own connection."""

from __future__ import annotations

import socket
from collections.abc import Callable
from typing import Any

from ...seams.dbapi import Work
from ._mysql import MySQLDriver
from ._servers import failing, hang_up


class MySQLClient:
    """What is special about mysqlclient: all of it is C, which asks nobody but the file descriptor."""

    def cut(self, conn: Any) -> None:
        hang_up(conn.fileno())

    def patience(self, conn: Any) -> float | None:
        return None  # its read_timeout is kept in C, which does not tell

    def run_out(self, conn: Any, do: Callable[[], Any]) -> Any:
        raise NotImplementedError("no mysqlclient tells that it is impatient")

    def refuse(self, work: Work) -> Any:
        """Where really nobody listens, under the name of the server."""
        host = str(work.where.get("host"))
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # and does not listen
            instead: dict[str, Any] = {"host": "127.0.0.1", "port": unused.getsockname()[1], "unix_socket": ""}
            if host == "localhost" or host.startswith("/"):  # that is a socket of this machine
                instead = {"unix_socket": "/nonexistent/mysqld.sock"}
            used = instead["unix_socket"] or instead["host"]
            real = host if used == "127.0.0.1" or host.startswith("/") else "/run/mysqld/mysqld.sock"

            def named(exc: Exception) -> Exception:
                exc.args = (exc.args[0], str(exc.args[1]).replace(used, real)) if len(exc.args) == 2 else exc.args
                return exc

            return failing(lambda: work.where["again"](**instead), named)

    def too_many(self) -> Any:
        from MySQLdb import OperationalError

        raise OperationalError(1040, "Too many connections")

    def syntax_error(self) -> BaseException:
        from MySQLdb import ProgrammingError

        return ProgrammingError(1064, "You have an error in your SQL syntax")  # type: ignore[no-any-return]


DRIVER = MySQLDriver(frozenset({"mysqlclient"}), MySQLClient())
