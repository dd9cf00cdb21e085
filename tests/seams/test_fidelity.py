"""Every measured failure for which there is a fault, against what is injected: which rows agree, and what form the others are.

A row that differs fails, unless it is another real form of the same fault (`measured_map.OTHER`); each fault of a driver has at
least one row that agrees, unless only other forms were measured (`NOT_MEASURED`). What an injected failure leaves behind is compared with the canonical form in
`test_live_*`, and with these rows where `test_drivers` and `test_psycopg` say so.
"""

from __future__ import annotations

import asyncio
import json
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from functools import partial
from importlib.util import find_spec
from typing import Any

import aiohttp
import httpx
import pytest
import requests
import stripe
import urllib3

from pytest_prodready.seams import Seams
from pytest_prodready.seams import aiohttp_client as aiohttp_seam
from pytest_prodready.seams import asyncpg as asyncpg_seam
from pytest_prodready.seams import botocore as botocore_seam
from pytest_prodready.seams import django_db as django_seam
from pytest_prodready.seams import mysqlclient as mysqlclient_seam
from pytest_prodready.seams import psycopg as psycopg_seam
from pytest_prodready.seams import psycopg2 as psycopg2_seam
from pytest_prodready.seams import pymysql as pymysql_seam
from pytest_prodready.seams import redis as redis_seam
from pytest_prodready.seams import sqlalchemy as sqlalchemy_seam

from . import test_live_redis
from .conftest import Bench, Server
from .live import sql
from .live.scenario import EARLIER, READ, UPDATE, WRITE
from .measured import agree, rows
from .measured_map import HTTP, REDIS, family, fault_of, other_form
from .test_live_mariadb import usual as mariadb  # noqa: F401
from .test_live_postgresql import usual as postgresql  # noqa: F401
from .test_live_sqlite import World as SQLiteWorld

SEAMS = (
    psycopg_seam, psycopg2_seam, asyncpg_seam, pymysql_seam, mysqlclient_seam, redis_seam, sqlalchemy_seam, django_seam, aiohttp_seam, botocore_seam,
)  # fmt: skip
#: Drivers that are built from source: they are tried where they are installed.
BUILT = {"mysqlclient", "sqlalchemy+mysqldb", "django+mysqlclient"}
POSTGRESQL: dict[str, Callable[[], sql.Client]] = {
    "psycopg": sql.Psycopg,
    "psycopg(async)": sql.PsycopgAsync,
    "psycopg_pool": sql.PsycopgPool,
    "psycopg2": sql.Psycopg2,
    "psycopg2(source build, libpq 15.0.20)": sql.Psycopg2,
    "asyncpg": sql.Asyncpg,
    "asyncpg pool": sql.AsyncpgPool,
    "sqlalchemy+psycopg": partial(sql.SQLAlchemy, "psycopg"),
    "sqlalchemy+psycopg2": partial(sql.SQLAlchemy, "psycopg2"),
    "sqlalchemy+asyncpg": partial(sql.SQLAlchemyAsync, "asyncpg"),
    "sqlalchemy Session+psycopg": partial(sql.Session, "psycopg"),
    "sqlalchemy Session+psycopg2": partial(sql.Session, "psycopg2"),
    "sqlalchemy pool+psycopg": partial(sql.SQLAlchemy, "psycopg"),
    "sqlalchemy pool+psycopg2": partial(sql.SQLAlchemy, "psycopg2"),
    "django+psycopg": partial(sql.Django, "postgresql"),
    "django ORM+psycopg": partial(sql.Django, "postgresql"),
}
MARIADB: dict[str, Callable[[], sql.Client]] = {
    "pymysql": sql.PyMySQL,
    "sqlalchemy+pymysql": partial(sql.SQLAlchemy, "pymysql"),
    "mysqlclient": sql.MySQLClient,
    "sqlalchemy+mysqldb": partial(sql.SQLAlchemy, "mysqldb"),
    "django+mysqlclient": partial(sql.Django, "mysql"),
}
SQLITE: dict[str, Callable[[], sql.Client]] = {
    "sqlite3": sql.SQLite,
    "aiosqlite": sql.Aiosqlite,
    "sqlalchemy+pysqlite": partial(sql.SQLAlchemy, "pysqlite"),
    "sqlalchemy+aiosqlite": partial(sql.SQLAlchemyAsync, "aiosqlite"),
    "django+sqlite": partial(sql.Django, "sqlite3"),
}
#: Of these no row agrees: what was measured of them are other forms, or servers with other words.
NOT_MEASURED = {
    ("aiohttp", "http.tls-failure", ""),
    ("aiohttp", "reply.html", ""),
    ("aiohttp(total=)", "http.read-timeout", ""),
    ("aiohttp(total=)", "http.tls-failure", ""),
    ("aiohttp(total=)", "reply.html", ""),
    ("asyncpg", "db.commit-lost", "commit"),
    ("asyncpg", "db.connection-dropped", "commit"),
    ("botocore(default retries)", "http.tls-failure", ""),
    ("django+psycopg", "db.too-many-connections", "connect"),
    ("django+mysqlclient", "db.read-only", "write"),
    ("httpx(async)", "http.tls-failure", ""),
    ("mysqlclient", "db.serialization-failure", "write"),
    ("psycopg", "db.timeout", "write"),
    ("psycopg2", "db.serialization-failure", "write"),
    ("pymysql", "db.serialization-failure", "write"),
    ("requests", "http.connection-reset", ""),
    ("requests", "http.tls-failure", ""),
    ("sqlalchemy+asyncpg", "db.commit-lost", "commit"),
    ("sqlalchemy+psycopg", "db.serialization-failure", "write"),
    ("sqlalchemy+psycopg", "db.too-many-connections", "connect"),
    ("sqlalchemy+psycopg2", "db.connection-refused", "connect"),
    ("sqlalchemy+mysqldb", "db.serialization-failure", "write"),
    ("sqlalchemy+pymysql", "db.connection-refused", "connect"),
    ("sqlalchemy+pymysql", "db.serialization-failure", "write"),
    ("stripe", "http.server-error", ""),
    ("stripe", "http.tls-failure", ""),
    ("stripe", "http.unauthorized", ""),
    ("stripe", "http.unavailable", ""),
    ("stripe(default retries)", "http.rate-limited", ""),
    ("stripe(default retries)", "http.server-error", ""),
    ("stripe(default retries)", "http.unavailable", ""),
    ("urllib.request", "http.connection-reset", ""),
    ("urllib.request", "http.tls-failure", ""),
    ("urllib3", "http.tls-failure", ""),
    ("urllib3", "http.truncated-body", ""),
}


# -------------------------------------------------------------------------------------------------------- databases
def caught(act: Callable[[], Any]) -> BaseException:
    with pytest.raises(Exception) as found:  # noqa: PT011
        act()
    return found.value


def in_database(bench: Bench, make: Callable[[], sql.Client], world: Any, fault: str, kind: str) -> BaseException:
    client = make()
    world.fresh()
    try:
        if kind == "connect":
            with bench.fault(fault):
                return caught(lambda: client.connect(world.url))
        client.connect(world.url)
        client.execute(EARLIER)
        statement = (
            READ if kind == "read" else UPDATE if fault in ("db.deadlock", "db.serialization-failure") else WRITE
        )
        if kind == "commit":
            client.execute(statement)
        with bench.fault(fault, at=lambda call: call.kind == kind):
            return caught(client.commit if kind == "commit" else lambda: client.execute(statement))
    finally:
        client.over()


# ------------------------------------------------------------------------------------------------------------ HTTP
SECONDS = 0.5
#: Where it was measured, if not on the server that answers everything.
PLACES = {
    "http.connection-refused": "http://127.0.0.1:1/ok",
    "http.dns-failure": "http://nosuchhost.invalid/ok",
    "http.unauthorized": "/401",
    "http.rate-limited": "/429",
    "http.server-error": "/500",
    "http.unavailable": "/503",
    "http.connection-reset": "/rst",
    "http.truncated-body": "/fin_mid_body",
    "http.redirect-loop": "/loop",
    "http.read-timeout": "/hole",
}


def checked(response: Any, fault: str) -> Any:
    """As it was measured: whether it is an error, or what its body says."""
    if fault.startswith("http."):
        return response.raise_for_status()
    return response.json()


async def by_aiohttp(url: str, fault: str, **limits: Any) -> Any:
    async with aiohttp.ClientSession(timeout=aiohttp.ClientTimeout(**limits)) as session:
        request = session.post if fault == "http.connection-reset" else session.get  # a GET is made twice
        async with request(url) as response:
            await response.read()
            return response.raise_for_status() if fault.startswith("http.") else await response.json()


async def by_httpx(url: str, fault: str) -> Any:
    async with httpx.AsyncClient(timeout=SECONDS, trust_env=False, follow_redirects=True) as client:
        return checked(await client.get(url), fault)


def by_httpx_sync(url: str, fault: str) -> Any:
    with httpx.Client(timeout=SECONDS, trust_env=False, follow_redirects=True) as client:
        return checked(client.get(url), fault)


def by_urllib3(url: str, fault: str, **settings: Any) -> Any:
    response = urllib3.PoolManager(**settings).request("GET", url, timeout=SECONDS)
    return None if fault.startswith("http.") else response.json()


def by_urllib(url: str, fault: str) -> Any:
    import urllib.request

    with urllib.request.urlopen(url, timeout=SECONDS) as response:
        return json.loads(response.read()) if fault.startswith("reply.") else response.read()


def by_http_client(url: str, fault: str) -> Any:
    import http.client

    host, _, path = url.partition("://")[2].partition("/")
    conn = http.client.HTTPConnection(host, timeout=SECONDS)
    conn.request("GET", f"/{path}")
    body = conn.getresponse().read()
    return json.loads(body) if fault.startswith("reply.") else None


def by_botocore(url: str, fault: str, attempts: int = 1) -> Any:
    import boto3
    from botocore.config import Config

    base, _, bucket = url.rpartition("/")
    config = Config(
        read_timeout=SECONDS,
        connect_timeout=SECONDS,
        retries={"total_max_attempts": attempts},
        s3={"addressing_style": "path"},
    )
    client = boto3.client(
        "s3", region_name="us-east-1", endpoint_url=base, config=config,
        aws_access_key_id="testing", aws_secret_access_key="testing",
    )  # fmt: skip
    return client.get_object(Bucket=bucket, Key="k")["Body"].read()


def by_stripe(url: str, fault: str, retries: int = 0) -> Any:
    client = stripe.StripeClient(
        "sk_test_1", max_network_retries=retries, base_addresses={"api": url},
        http_client=stripe.RequestsClient(timeout=SECONDS),
    )  # fmt: skip
    return client.v1.customers.retrieve("cus_1")


CLIENTS: dict[str, Callable[[str, str], Any]] = {
    "requests": lambda url, fault: checked(requests.get(url, timeout=SECONDS), fault),
    "httpx": by_httpx_sync,
    "httpx(async)": lambda url, fault: asyncio.run(by_httpx(url, fault)),
    "aiohttp": lambda url, fault: asyncio.run(by_aiohttp(url, fault, sock_read=SECONDS, sock_connect=SECONDS)),
    "aiohttp(total=)": lambda url, fault: asyncio.run(by_aiohttp(url, fault, total=SECONDS)),
    "urllib3": by_urllib3,
    "urllib3(retries=False)": lambda url, fault: by_urllib3(url, fault, retries=False),
    "urllib.request": by_urllib,
    "http.client": by_http_client,
    "botocore": by_botocore,
    "botocore(default retries)": lambda url, fault: by_botocore(url, fault, 3),
    "stripe": by_stripe,
    "stripe(default retries)": lambda url, fault: by_stripe(url, fault, 2),
}


def in_request(bench: Bench, driver: str, server: Server, fault: str) -> BaseException:
    place = PLACES.get(fault, "/ok")
    url = place if "://" in place else server.url + place
    if fault == "http.tls-failure":
        url = url.replace("http:", "https:")
    known = bench.faults.by_name[fault]
    bench.faults.by_name = {
        **bench.faults.by_name,
        fault: replace(known, outage=True),
    }  # it was measured on a server that always fails
    with bench.fault(fault):
        return caught(lambda: CLIENTS[driver](url, fault))


# ------------------------------------------------------------------------------------------------------------ Redis
def in_cache(bench: Bench, driver: str, fault: str, once: bool) -> BaseException:
    name = "redis (async)" if driver == "redis.asyncio" else "redis"
    make = (
        test_live_redis.CLIENTS[name]
        if once
        else test_live_redis.DEFAULT[
            name.replace(")", ", default retries)") if "(" in name else f"{name} (default retries)"
        ]
    )
    client = make(6379)
    try:
        with bench.fault(fault):
            return caught(client.get)
    finally:
        client.over()


# ----------------------------------------------------------------------------------------------------------- tests
@pytest.fixture(autouse=True)
def seams(bench: Bench) -> Iterator[None]:
    seams = Seams([module.SEAM for module in SEAMS])
    seams.install()
    with pytest.MonkeyPatch.context() as patch:  # put back while the seams still see it
        patch.setattr(time, "sleep", bench.clock.advance)
        yield
    seams.uninstall()


@pytest.fixture
def inject(bench: Bench, driver: str, request: pytest.FixtureRequest) -> Callable[[str, str, str], BaseException]:
    """Gives the exception of a fault in this driver."""
    if family(driver) == HTTP:
        server = request.getfixturevalue("server")
        return lambda fault, kind, failure: in_request(bench, driver, server, fault)
    if family(driver) == REDIS:
        return lambda fault, kind, failure: in_cache(bench, driver, fault, "retry=0" in failure)
    for clients, name in ((POSTGRESQL, "postgresql"), (MARIADB, "mariadb")):
        if driver in clients:
            world = request.getfixturevalue(name)
            return lambda fault, kind, failure: in_database(bench, clients[driver], world, fault, kind)
    folder = request.getfixturevalue("tmp_path")
    return lambda fault, kind, failure: in_database(bench, SQLITE[driver], SQLiteWorld(folder), fault, kind)


def without_mysqlclient() -> str:
    if "MySQLdb" in sys.modules:
        return (
            "" if sys.modules["MySQLdb"] is not sys.modules.get("pymysql") else "PyMySQL has its name in this process"
        )
    return "" if find_spec("MySQLdb") is not None else "MySQLdb, which is built from source, is not installed"


DRIVERS = sorted({driver for driver, _ in rows()})


@pytest.mark.parametrize("driver", DRIVERS)
def test_every_row(driver: str, request: pytest.FixtureRequest, record_property: Callable[[str, object], None]) -> None:
    mine = {failure: row for (of, failure), row in rows().items() if of == driver}
    if driver in BUILT and (why := without_mysqlclient()):
        record_property("rows", [driver, len(mine), 0, 0, {}, why])
        pytest.skip(why)
    inject = request.getfixturevalue("inject")
    made: dict[tuple[str, str, bool], BaseException] = {}
    agreeing: Counter[tuple[str, str, str]] = Counter()
    covered, others, wrong = 0, Counter[str](), []
    told: dict[tuple[str, str], str] = {}
    for failure, row in sorted(mine.items()):
        fault, kind = fault_of(driver, failure)
        if fault is None or row["exception"] is None:
            continue
        covered += 1
        key = fault, kind, "retry=0" in failure
        agreeing[driver, fault, kind] += 0
        try:
            if key not in made:
                made[key] = inject(fault, kind, failure)
            agree(driver, failure, made[key])
        except (AssertionError, pytest.fail.Exception) as exc:
            why = other_form(driver, failure)
            if why is None:
                wrong.append(f"{fault:26} {kind:8} {failure}: {str(exc).splitlines()[0]}")
            else:
                others[why] += 1
                told[fault, kind] = f"{failure}: {str(exc).splitlines()[0]}"
        else:
            agreeing[driver, fault, kind] += 1
    record_property("rows", [driver, len(mine), covered, sum(agreeing.values()), dict(others), ""])
    assert not wrong, "\n".join(["", *wrong])
    alone = [pair for pair, count in agreeing.items() if not count and pair not in NOT_MEASURED]
    assert not alone, "\n".join(["", *(f"{pair}, such as {told[pair[1:]]}" for pair in alone)])
