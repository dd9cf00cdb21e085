"""What one observed call costs, seam by seam: the same call with nobody listening and with everything recorded.

What is called does as little as it can: a double, a transport that answers at once, a file in memory, a server on this
machine. Libraries that are not installed and servers that are not there are left out.
"""

from __future__ import annotations

import asyncio
import gc
import logging
import os
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from http import client
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any
from unittest import mock
from urllib import request

from pytest_prodready.seams import Seams, built_in, hub
from pytest_prodready.source import SourceMap
from pytest_prodready.trace import Trace

ROUNDS = 7
POSTGRES = os.environ.get("PRODREADY_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
MARIADB = {"host": "127.0.0.1", "port": 3306, "user": "root", "database": "test"}

#: name -> makes the call to be measured; what it raises says that it cannot be had here.
CALLS: dict[str, Callable[[], Callable[[], Any]]] = {}


def call(make: Callable[[], Callable[[], Any]]) -> Callable[[], Callable[[], Any]]:
    CALLS[make.__name__.rstrip("_")] = make
    return make


@call
def sqlite3() -> Callable[[], Any]:
    import sqlite3

    conn = sqlite3.connect(":memory:")
    return lambda: conn.execute("SELECT 1").fetchone()


@call
def files() -> Callable[[], Any]:
    path = Path(tempfile.mkdtemp()) / "data.txt"
    path.write_text("x")
    return lambda: open(path).close()


@call
def httpx() -> Callable[[], Any]:
    import httpx

    client = httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(204)))
    return lambda: client.get("http://service.example/")


@call
def httpx2() -> Callable[[], Any]:
    import httpx2

    client = httpx2.Client(transport=httpx2.MockTransport(lambda request: httpx2.Response(204)))
    return lambda: client.get("http://service.example/")


@call
def requests() -> Callable[[], Any]:
    import requests
    import requests_mock

    session, adapter = requests.Session(), requests_mock.Adapter()
    session.mount("http://", adapter)
    adapter.register_uri("GET", "http://service.example/", text="")
    return lambda: session.get("http://service.example/", timeout=1)


@call
def niquests() -> Callable[[], Any]:
    import niquests

    class Adapter(niquests.adapters.BaseAdapter):
        def send(self, request: Any, **kwargs: Any) -> Any:
            raise niquests.ConnectionError

        def close(self) -> None: ...

    session = niquests.Session()
    session.mount("http://service.example", Adapter())

    def ask() -> None:
        with suppress(niquests.ConnectionError):
            session.get("http://service.example/")

    return ask


@call
def urllib3() -> Callable[[], Any]:
    import urllib3

    class Pool(urllib3.HTTPConnectionPool):
        def _make_request(self, *args: Any, **kwargs: Any) -> Any:
            return urllib3.HTTPResponse(b"", status=204, preload_content=False)

    pool = Pool("service.example")
    return lambda: pool.urlopen("GET", "/")


@call
def urllib() -> Callable[[], Any]:
    return answered_on_loopback(lambda url: request.urlopen(url, timeout=5).read())


@call
def http_client() -> Callable[[], Any]:
    def ask(url: str) -> None:
        conn = client.HTTPConnection(url.partition("//")[2].strip("/"), timeout=5)
        conn.request("GET", "/")
        conn.getresponse().read()
        conn.close()

    return answered_on_loopback(ask)


def answered_on_loopback(ask: Callable[[str], Any]) -> Callable[[], Any]:
    """A server of this machine that answers with nothing."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(204)
            self.end_headers()

        def log_message(self, *args: Any) -> None: ...

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    url = f"http://127.0.0.1:{server.server_port}/"
    return lambda: ask(url)


@call
def sqlalchemy() -> Callable[[], Any]:
    import sqlalchemy

    conn = sqlalchemy.create_engine("sqlite://").connect()
    return lambda: conn.execute(sqlalchemy.text("SELECT 1")).scalar()


@call
def django_mail() -> Callable[[], Any]:
    from django.conf import settings
    from django.core import mail

    if not settings.configured:
        settings.configure(EMAIL_BACKEND="django.core.mail.backends.dummy.EmailBackend")
    return lambda: mail.send_mail("hi", "", "a@example.org", ["b@example.org"])


@call
def aiohttp() -> Callable[[], Any]:
    import aiohttp

    async def answer(*args: Any, **kwargs: Any) -> Any:
        return mock.Mock(status=204)

    loop = asyncio.new_event_loop()

    async def make() -> Any:
        return aiohttp.ClientSession()

    session = loop.run_until_complete(make())
    aiohttp.ClientSession._request = answer

    async def ask() -> None:
        await session.get("http://service.example/")

    return lambda: loop.run_until_complete(ask())


@call
def botocore() -> Callable[[], Any]:
    import boto3
    from botocore.stub import Stubber

    client = boto3.client("s3", "eu-west-1", aws_access_key_id="x", aws_secret_access_key="x")
    stub = Stubber(client)
    stub.activate()

    def ask() -> None:
        stub.add_response("list_buckets", {})
        client.list_buckets()

    return ask


@call
def smtplib() -> Callable[[], Any]:
    import smtplib

    smtp = smtplib.SMTP()
    for name in ("ehlo_or_helo_if_needed", "mail", "rcpt", "data"):
        setattr(smtp, name, lambda *args: (250, b""))
    return lambda: smtp.sendmail("a@example.org", ["b@example.org"], "hi")


@call
def subprocess() -> Callable[[], Any]:
    import subprocess

    return lambda: subprocess.run(["/bin/true"], check=True)


@call
def redis() -> Callable[[], Any]:
    import fakeredis

    client = fakeredis.FakeRedis()
    return lambda: client.get("key")


@call
def psycopg() -> Callable[[], Any]:
    import psycopg

    conn = psycopg.connect(POSTGRES, autocommit=True, connect_timeout=2)
    return lambda: conn.execute("SELECT 1")


@call
def psycopg_pool() -> Callable[[], Any]:
    import psycopg_pool

    pool = psycopg_pool.ConnectionPool(POSTGRES, min_size=1, open=False)
    pool.open(wait=True, timeout=2)

    def take() -> None:
        with pool.connection():
            pass

    return take


@call
def psycopg2() -> Callable[[], Any]:
    import psycopg2

    cursor = psycopg2.connect(POSTGRES, connect_timeout=2).cursor()
    return lambda: cursor.execute("SELECT 1")


@call
def asyncpg() -> Callable[[], Any]:
    import asyncpg

    loop = asyncio.new_event_loop()
    conn = loop.run_until_complete(asyncpg.connect(POSTGRES, timeout=2))
    return lambda: loop.run_until_complete(conn.execute("SELECT 1"))


@call
def pymysql() -> Callable[[], Any]:
    import pymysql

    cursor = pymysql.connect(**MARIADB, connect_timeout=2).cursor()  # type: ignore[arg-type]
    return lambda: cursor.execute("SELECT 1")


@call
def mysqlclient() -> Callable[[], Any]:
    import MySQLdb

    cursor = MySQLdb.connect(**MARIADB, connect_timeout=2).cursor()
    return lambda: cursor.execute("SELECT 1")


@contextmanager
def listening() -> Iterator[None]:
    hub.start(Trace("bench", phase="call"))
    try:
        yield
    finally:
        hub.stop()


def seconds(act: Callable[[], Any], times: int) -> float:
    """Of one call, in a loop of so many."""
    gc.collect()
    began = time.perf_counter()
    for _ in range(times):
        act()
    return (time.perf_counter() - began) / times


def measure(make: Callable[[], Callable[[], Any]]) -> tuple[float, float]:
    """(seconds of a call that nobody hears, of one that is recorded)."""
    seams = Seams(built_in())
    seams.install()
    try:
        act = make()
        times = max(20, min(2000, int(0.05 / max(seconds(act, 5), 1e-6))))
        plain, heard = [], []
        for _ in range(ROUNDS):
            plain.append(seconds(act, times))
            with listening():
                heard.append(seconds(act, times))
                assert hub.trace is not None
                assert len(hub.trace.calls) >= times, "it was not seen"
        return min(plain), min(heard)  # other work on the machine only adds
    finally:
        seams.uninstall()


def main() -> None:
    logging.disable()
    hub.sources = SourceMap(Path(__file__).parent)
    for name, make in CALLS.items():
        try:
            plain, heard = measure(make)
        except (ImportError, OSError) as exc:
            print(f"  {name:<12} not here: {type(exc).__name__}")
        except Exception as exc:
            if not any(base.__name__ == "OperationalError" for base in type(exc).__mro__):
                raise
            print(f"  {name:<12} no server")
        else:
            print(
                f"  {name:<12} {plain * 1e6:8.1f} µs, observed {heard * 1e6:8.1f} µs: {(heard - plain) * 1e6:+6.1f} µs a call"
            )


if __name__ == "__main__":
    main()
