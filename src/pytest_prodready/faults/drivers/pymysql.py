"""PyMySQL's own errors, from its own connection."""

from __future__ import annotations

import socket
import struct
from collections.abc import Callable
from typing import Any

from ...seams.dbapi import Work
from ._mysql import MySQLDriver
from ._servers import failing, hang_up


class PyMySQL:
    """What is special about PyMySQL."""

    def cut(self, conn: Any) -> None:
        if conn._sock is not None:
            hang_up(conn._sock.fileno())

    def patience(self, conn: Any) -> float | None:
        return conn._read_timeout  # type: ignore[no-any-return]

    def run_out(self, conn: Any, do: Callable[[], Any]) -> Any:
        patience, conn._read_timeout = conn._read_timeout, 0.001
        hang_up(conn._sock.fileno(), silently=True)
        try:
            return do()
        finally:
            conn._read_timeout = patience  # it may connect again

    def refuse(self, work: Work) -> Any:
        """Where really nobody listens, under the name of the server."""
        host = str(work.where.get("host"))
        with socket.socket() as unused:
            unused.bind(("127.0.0.1", 0))  # and does not listen
            place = {"host": "127.0.0.1", "port": unused.getsockname()[1], "unix_socket": None}

            def named(exc: Exception) -> Exception:
                exc.args = (
                    (exc.args[0], str(exc.args[1]).replace("127.0.0.1", host)) if len(exc.args) == 2 else exc.args
                )
                return exc

            return failing(lambda: work.where["again"](**place), named)

    def too_many(self) -> Any:
        from pymysql.err import raise_mysql_exception

        return raise_mysql_exception(b"\xff" + struct.pack("<h", 1040) + b"#08004Too many connections")

    def syntax_error(self) -> BaseException:
        from pymysql.err import ProgrammingError

        return ProgrammingError(1064, "You have an error in your SQL syntax")  # type: ignore[no-any-return]


DRIVER = MySQLDriver(frozenset({"pymysql"}), PyMySQL())
