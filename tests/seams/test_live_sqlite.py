"""Every driver of SQLite: each failure of a real file, beside the one that is injected."""

from __future__ import annotations

import os
import resource
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import django_db as django_seam
from pytest_prodready.seams import sqlalchemy as sqlalchemy_seam

from .conftest import Bench
from .live import Pair, compare, outcome
from .live.scenario import EARLIER, READ, Form, act
from .live.sql import Aiosqlite, Client, Django, Session, SQLAlchemy, SQLAlchemyAsync, SQLite

CLIENTS: list[Callable[[], Client]] = [
    SQLite,
    Aiosqlite,
    lambda: SQLAlchemy("pysqlite"),
    lambda: SQLAlchemyAsync("aiosqlite"),
    lambda: Session("pysqlite"),
    lambda: Django("sqlite3"),
]
BY_NAME = {make().name: make for make in CLIENTS}


class World:
    """A file."""

    def __init__(self, folder: Path) -> None:
        self.path = folder / "live.db"
        self.url = f"sqlite:///{self.path}"

    def ask(self, *statements: str, path: str = "") -> Any:
        with hub.quiet():
            conn = sqlite3.connect(path or self.path, isolation_level=None, timeout=0)
            try:
                return [conn.execute(sql).fetchall() for sql in statements][-1]
            finally:
                conn.close()

    def fresh(self) -> None:
        self.path.unlink(missing_ok=True)
        self.ask(
            "PRAGMA synchronous = OFF",
            "CREATE TABLE live (id int PRIMARY KEY, n int)",
            "CREATE TABLE earlier (id int)",
            "CREATE TABLE large (it blob)",
            "INSERT INTO live VALUES (1, 0), (2, 0)",
        )

    def rows(self) -> Any:
        return self.ask("SELECT id, n FROM live UNION SELECT id, -1 FROM earlier ORDER BY 1, 2")

    def descriptors(self) -> list[int]:
        """Those of the file that are open."""
        links = {number: Path(f"/proc/self/fd/{number}") for number in map(int, os.listdir("/proc/self/fd"))}
        return [number for number, link in links.items() if link.exists() and link.readlink() == self.path]


# ---------------------------------------------------------------------------------------------------------- causes
@contextmanager
def gone(world: World, client: Client) -> Iterator[None]:
    """The folder is not there."""
    away = world.path.parent.rename(f"{world.path.parent}-away")
    yield
    away.rename(world.path.parent)


@contextmanager
def replaced(world: World, by: str, flags: int) -> Iterator[None]:
    """Something else answers behind the file's descriptors."""
    kept = [(number, os.dup(number)) for number in world.descriptors()]
    other = os.open(by, flags)
    for number, _ in kept:
        os.dup2(other, number, inheritable=False)
    yield
    for number, before in kept:
        os.dup2(before, number, inheritable=False)
        os.close(before)
    os.close(other)


@contextmanager
def unreadable(world: World, client: Client) -> Iterator[None]:
    with replaced(world, str(world.path.parent), os.O_RDONLY):
        yield


@contextmanager
def unwritable(world: World, client: Client) -> Iterator[None]:
    """No byte can be written to any file."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@contextmanager
def full(world: World, client: Client) -> Iterator[None]:
    with replaced(world, "/dev/full", os.O_RDWR):
        yield


def held(*statements: str) -> Callable[[World, Client], Any]:
    """Another connection has a lock."""

    @contextmanager
    def holding(world: World, client: Client) -> Iterator[None]:
        with hub.quiet():
            other = sqlite3.connect(world.path, isolation_level=None, timeout=0)
            for sql in statements:
                other.execute(sql).fetchall()
            yield
            other.close()

    return holding


@contextmanager
def nothing(world: World, client: Client) -> Iterator[None]:
    yield


#: An injected one lasts until the application rolls back or gives the connection away, as a disk that is gone would.
ROLLED_BACK = {"gives up": ("rollback", "execute"), "goes on": ("commit",)}
PATIENCE = "PRAGMA busy_timeout = 20"
FORMS = [
    Form("db.connection-refused", "connect", "the folder is not there (`SQLITE_CANTOPEN`)", gone),
    Form("db.connection-dropped", "read", "nothing can be read (`SQLITE_IOERR_READ`)", unreadable, (EARLIER,), READ, then=ROLLED_BACK),
    Form("db.connection-dropped", "write", "nothing can be written (`SQLITE_IOERR_WRITE`)", unwritable, then=ROLLED_BACK),
    Form("db.connection-dropped", "commit", "nothing can be written (`SQLITE_IOERR_WRITE`)", unwritable, then=ROLLED_BACK),
    Form("db.locked", "read", "another connection commits (`EXCLUSIVE`)", held("BEGIN EXCLUSIVE"), (PATIENCE,), READ),
    Form("db.locked", "write", "another connection writes (`RESERVED`)", held("BEGIN IMMEDIATE"), (PATIENCE,)),
    Form("db.locked", "commit", "another connection reads (`SHARED`)", held("BEGIN", READ), (PATIENCE, EARLIER)),
    Form("db.read-only", "write", "`PRAGMA query_only`", nothing, ("PRAGMA query_only = 1",)),
    Form("db.disk-full", "write", "`PRAGMA max_page_count`", nothing, (EARLIER, "PRAGMA max_page_count = 1"), "INSERT INTO large VALUES (zeroblob(99999))"),
    Form("db.disk-full", "commit", "the disk has no room (`ENOSPC`)", full),
]  # fmt: skip
PAIRS = {Pair(name, form.fault, form.kind): form for name in BY_NAME for form in FORMS}


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.fixture
def world(bench: Bench, tmp_path: Path) -> Iterator[World]:
    seams = Seams([module.SEAM for module in (sqlalchemy_seam, django_seam)])
    seams.install()
    (tmp_path / "data").mkdir()
    yield World(tmp_path / "data")
    seams.uninstall()


@pytest.mark.parametrize("pair", PAIRS, ids=str)
def test_as_in_reality(bench: Bench, world: World, pair: Pair, record_property: Callable[[str, object], None]) -> None:
    form = PAIRS[pair]
    real, injected = {}, {}
    for way, then in form.then.items():
        for seen, trouble in (
            (real, None),
            (injected, bench.fault(pair.fault, at=lambda call: call.kind == pair.kind)),
        ):
            client = BY_NAME[pair.client]()
            world.fresh()
            seen[way] = act(form, client, world.url, trouble or form.real(world, client), then)
            seen[way]["rows"] = outcome(world.rows)
            assert trouble is None or bench.struck, "it did not strike"
    compare(pair, real, injected, record_property)
