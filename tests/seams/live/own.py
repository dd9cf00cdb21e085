"""Servers of the tests' own, for what must not be done to one that others use: they fill up, or accept no writes."""

from __future__ import annotations

import getpass
import shutil
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from glob import glob
from pathlib import Path
from typing import Any

import psycopg
import pymysql
import pytest
from tests.servers import Server, refuse


@contextmanager
def postgres(*settings: str) -> Iterator[Server]:
    """A PostgreSQL in a folder of its own, whose superuser is `postgres`."""
    found = sorted(glob("/usr/lib/postgresql/*/bin/initdb"))
    initdb = found[-1] if found else shutil.which("initdb")
    if initdb is None:
        refuse("no initdb: PostgreSQL's programs are not on this machine")
    with _folder("postgres") as (folder, user):
        data = str(folder / "data")
        as_user: dict[str, str] = {"user": user} if user else {}
        subprocess.run(
            [initdb, "-N", "-A", "trust", "-U", "postgres", "-D", data],
            check=True,
            capture_output=True,
            cwd=folder,
            **as_user,
        )  # type: ignore[call-overload]
        port = _unused()
        options = [
            f"port={port}",
            "listen_addresses=127.0.0.1",
            f"unix_socket_directories={folder}",
            "fsync=off",
            *settings,
        ]
        args = [str(Path(initdb).with_name("postgres")), "-D", data, *(part for one in options for part in ("-c", one))]
        where = Server(
            f"postgresql://postgres@127.0.0.1:{port}/postgres", "127.0.0.1", port, "postgres", "", "postgres"
        )
        with _running(args, folder, lambda: psycopg.connect(where.url), as_user):
            yield where


@contextmanager
def mariadb(*settings: str) -> Iterator[Server]:
    """A MariaDB in a folder of its own, whose superuser is `root`."""
    install, server = (
        shutil.which("mariadb-install-db"),
        shutil.which("mariadbd", path="/usr/sbin:/usr/bin:/usr/local/bin"),
    )
    if install is None or server is None:
        refuse("no mariadb-install-db and mariadbd: MariaDB's programs are not on this machine")
    with _folder("mysql") as (folder, user):
        data = str(folder / "data")
        as_user: dict[str, str] = {"user": user} if user else {}
        made = [
            install,
            "--no-defaults",
            f"--datadir={data}",
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
        ]
        subprocess.run(made, check=True, capture_output=True, cwd=folder, **as_user)  # type: ignore[call-overload]
        port = _unused()
        args = [
            server,
            "--no-defaults",
            f"--datadir={data}",
            f"--port={port}",
            "--bind-address=127.0.0.1",
            f"--socket={folder}/socket",
            f"--pid-file={folder}/pid",
            *settings,
        ]
        where = Server(f"mysql://root@127.0.0.1:{port}/mysql", "127.0.0.1", port, "root", "", "mysql")
        with _running(args, folder, lambda: pymysql.connect(host=where.host, port=port, user="root"), as_user):
            yield where


@contextmanager
def _folder(owner: str) -> Iterator[tuple[Path, str]]:
    """A folder, and who runs a server in it: not root, which they refuse."""
    folder = Path(tempfile.mkdtemp(prefix="prodready-live-"))
    user = owner if getpass.getuser() == "root" else ""
    try:
        if user:
            shutil.chown(folder, user)
        yield folder, user
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _unused() -> int:
    with socket.create_server(("127.0.0.1", 0)) as one:
        return int(one.getsockname()[1])


@contextmanager
def _running(args: list[str], folder: Path, ready: Callable[[], Any], as_user: dict[str, str]) -> Iterator[None]:
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(args, stdout=log, stderr=log, cwd=folder, **as_user)  # type: ignore[call-overload]
    try:
        for _ in range(600):
            if process.poll() is not None:
                break
            with suppress(Exception):
                ready().close()
                break
            time.sleep(0.05)
        else:
            pytest.fail("it takes too long to start\n" + (folder / "log").read_text()[-3000:], pytrace=False)
        if process.poll() is not None:
            pytest.fail((folder / "log").read_text()[-3000:], pytrace=False)
        yield
    finally:
        process.terminate()
        with suppress(subprocess.TimeoutExpired):
            process.wait(10)
        process.kill()
