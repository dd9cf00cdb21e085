"""The real servers that some tests need: where they are, and what to do when they are not there.

PRODREADY_TEST_POSTGRES_URL, PRODREADY_TEST_MARIADB_URL (or PRODREADY_TEST_MYSQL_URL) and PRODREADY_TEST_REDIS_URL say where;
without them the standard port of this machine is tried. Where nothing answers the tests are skipped, and with
PRODREADY_TEST_REQUIRE=all they fail.
"""

from __future__ import annotations

import os
import socket
from dataclasses import dataclass
from importlib import metadata
from typing import NoReturn
from urllib.parse import unquote, urlsplit

import pytest

PLACES = {
    "PostgreSQL": (("PRODREADY_TEST_POSTGRES_URL",), "postgresql://postgres@127.0.0.1:5432/test"),
    "MariaDB": (("PRODREADY_TEST_MARIADB_URL", "PRODREADY_TEST_MYSQL_URL"), "mysql://root@127.0.0.1:3306/test"),
    "Redis": (("PRODREADY_TEST_REDIS_URL",), "redis://127.0.0.1:6379/0"),
}


@dataclass(frozen=True)
class Server:
    """A server that answers."""

    url: str
    host: str
    port: int
    user: str
    password: str
    database: str


def find(name: str) -> Server | str:
    """The server, or why it is not there."""
    variables, standard = PLACES[name]
    url = next((os.environ[v] for v in variables if os.environ.get(v)), standard)
    parts = urlsplit(url)
    place = parts.hostname or "127.0.0.1", parts.port or urlsplit(standard).port or 0
    try:
        socket.create_connection(place, timeout=2).close()
    except OSError as exc:
        return f"no {name} at {place[0]}:{place[1]} ({exc}); {variables[0]} says where one is"
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return Server(url, *place, user, password, parts.path.strip("/"))


def need(name: str) -> Server:
    """The server; without it the test is skipped, or fails where all servers are required."""
    found = find(name)
    return found if isinstance(found, Server) else refuse(found)


def refuse(found: str) -> NoReturn:
    """What a test needs is not there."""
    if os.environ.get("PRODREADY_TEST_REQUIRE") == "all":
        pytest.fail(found, pytrace=False)
    pytest.skip(found)


def distribution(name: str) -> None:
    """Skip without a distribution that `make test` does not install; a module may stand in the place of its own."""
    try:
        metadata.version(name)
    except metadata.PackageNotFoundError:
        pytest.skip(f"{name}, which is built from source, is not installed")
