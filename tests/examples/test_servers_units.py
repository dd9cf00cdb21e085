"""Units of work on real servers: what becomes of money, orders and connections when the server fails in between."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest
from tests.servers import need

from .sweeping import marks, run

#: FastAPI with a pool of asyncpg in its lifespan; a repository whose steps are one transaction, or none.
TRANSFER = """
import logging
import os
from contextlib import asynccontextmanager

import asyncpg
from fastapi import FastAPI, HTTPException, Request
from fastapi.responses import JSONResponse
from pydantic import BaseModel, Field

log = logging.getLogger("bank")


class Transfer(BaseModel):
    source: int = Field(ge=1, le=1000)
    target: int = Field(ge=1, le=1000)
    cents: int = Field(ge=1, le=10**6)


class Accounts:
    def __init__(self, pool):
        self.pool = pool

    async def transfer(self, order):
        async with self.pool.acquire() as conn{TRANSACTION}:
            taken = await conn.fetchval(
                "UPDATE pr_account SET cents = cents - $2 WHERE id = $1 AND cents >= $2 RETURNING id",
                order.source, order.cents)
            if taken is None:
                return False
            await conn.execute("UPDATE pr_account SET cents = cents + $2 WHERE id = $1", order.target, order.cents)
        return True


@asynccontextmanager
async def lifespan(app):
    async with asyncpg.create_pool("{POSTGRES}", min_size=1, max_size=3) as app.state.pool:
        yield


app = FastAPI(lifespan=lifespan)


@app.exception_handler(asyncpg.PostgresError)
@app.exception_handler(asyncpg.InterfaceError)
@app.exception_handler(OSError)
async def no_database(request: Request, exc: Exception):
    log.error("no database: %s", type(exc).__name__)
    return JSONResponse({"detail": "closed for a moment"}, 503)


@app.post("/transfers", status_code=201)
async def transfer(order: Transfer, request: Request):
    if not await Accounts(request.app.state.pool).transfer(order):
        raise HTTPException(409, "not enough money")
    return {"done": True}
"""
TRANSFER_TEST = """
import asyncio

import asyncpg
import pytest
from fastapi.testclient import TestClient

from app import app


async def sql(*statements):
    conn = await asyncpg.connect("{POSTGRES}")
    for statement in statements:
        await conn.execute(statement)
    await conn.close()


@pytest.fixture
def client():
    asyncio.run(sql("DROP TABLE IF EXISTS pr_account", "CREATE TABLE pr_account (id int PRIMARY KEY, cents bigint NOT NULL)",
                    "INSERT INTO pr_account VALUES (1, 500), (2, 0)"))
    with TestClient(app) as client:
        yield client
    asyncio.run(sql("DROP TABLE pr_account"))


def test_transfer(client):
    assert client.post("/transfers", json={"source": 1, "target": 2, "cents": 300}).status_code == 201
"""
#: Flask on psycopg2's own pool: who fails gives the connection back, or forgets to.
POOL = """
import logging

import psycopg2
from flask import Flask, jsonify
from psycopg2.pool import ThreadedConnectionPool

log = logging.getLogger("stock")
pool = ThreadedConnectionPool(0, 5, "{POSTGRES}")
app = Flask(__name__)


def take(item):
    conn = pool.getconn()
{WORK}


@app.post("/stock/<int(max=1000):item>/take")
def taken(item):
    try:
        left = take(item)
    except psycopg2.Error:
        log.exception("stock is not known")
        return jsonify(error="try again later"), 503
    return jsonify(left=left)
"""
FORGETS = """
    with conn, conn.cursor() as cursor:
        cursor.execute("UPDATE pr_stock SET n = n - 1 WHERE id = %s RETURNING n", (item,))
        row = cursor.fetchone()
    pool.putconn(conn)
    return row[0] if row else None
"""
GIVES_BACK = """
    try:
        with conn, conn.cursor() as cursor:
            cursor.execute("UPDATE pr_stock SET n = n - 1 WHERE id = %s RETURNING n", (item,))
            row = cursor.fetchone()
        return row[0] if row else None
    finally:
        pool.putconn(conn, close=bool(conn.closed))
"""
POOL_TEST = """
import psycopg2
import pytest

from app import app


@pytest.fixture
def stock():
    conn = psycopg2.connect("{POSTGRES}")
    conn.autocommit = True
    with conn.cursor() as cursor:
        cursor.execute("DROP TABLE IF EXISTS pr_stock")
        cursor.execute("CREATE TABLE pr_stock (id int PRIMARY KEY, n int NOT NULL)")
        cursor.execute("INSERT INTO pr_stock VALUES (7, 3)")
        yield
        cursor.execute("DROP TABLE pr_stock")
    conn.close()


def test_take(stock):
    assert app.test_client().post("/stock/7/take").json == {"left": 2}
"""
#: SQLAlchemy on MariaDB: a unit of work that swallows, or tries once more with tenacity from the beginning.
ORDERS = """
import logging

from flask import Flask, jsonify, request
from sqlalchemy import create_engine, text
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

log = logging.getLogger("orders")
engine = create_engine("{MARIADB}", pool_size=3)
app = Flask(__name__)


{AGAIN}
def place(item):
    with engine.begin() as conn:
        conn.execute(text("INSERT INTO pr_order (item) VALUES (:item)"), {"item": item})
        conn.execute(text("INSERT INTO pr_outbox (event) VALUES (:event)"), {"event": f"ordered {item}"})


@app.post("/orders")
def order():
    item = request.get_json(silent=True)
    item = item.get("item") if isinstance(item, dict) else None
    if type(item) is not int or not 0 < item < 1000:
        return jsonify(error="which item?"), 400
    try:
        place(item)
    except SQLAlchemyError:
        {ANSWER}
    return jsonify(ordered=item), 201
"""
AGAIN = "@retry(retry=retry_if_exception_type(OperationalError), stop=stop_after_attempt(3), wait=wait_exponential(), reraise=True)"
SORRY = """log.exception("not ordered")
        return jsonify(error="try again later"), 503"""
ORDERS_TEST = """
import pytest
from sqlalchemy import text

from app import app, engine


@pytest.fixture
def tables():
    with engine.begin() as conn:
        for name, column in (("pr_order", "item int"), ("pr_outbox", "event text")):
            conn.execute(text(f"DROP TABLE IF EXISTS {name}"))
            conn.execute(text(f"CREATE TABLE {name} (id int AUTO_INCREMENT PRIMARY KEY, {column})"))
    yield
    with engine.begin() as conn:
        conn.execute(text("DROP TABLE pr_order, pr_outbox"))


def test_order(tables):
    assert app.test_client().post("/orders", json={"item": 7}).status_code == 201
"""
#: A cache in front of a service; both may fail, and one of them is a necessity only for who forgot a handler.
CACHED = """
import json
import logging

import aiohttp
import redis.asyncio as redis
from aiohttp import web

log = logging.getLogger("rates")
CACHE = web.AppKey("cache", redis.Redis)
HTTP = web.AppKey("http", aiohttp.ClientSession)
SERVICE = web.AppKey("service", str)


async def rates(request):
    cache, http = request.app[CACHE], request.app[HTTP]
    {READ}
    try:
        async with http.get(request.app[SERVICE]) as reply:
            reply.raise_for_status()
            found = await reply.json()
        if not isinstance(found, dict):
            raise ValueError("no rates")
    except (aiohttp.ClientError, TimeoutError, ValueError):
        log.exception("no rates")
        return web.json_response({"error": "no rates now"}, status=503)
    try:
        await cache.set("pr:rates", json.dumps(found), ex=60)
    except redis.RedisError:
        log.warning("not cached", exc_info=True)
    return web.json_response(found)


async def clients(app):
    timeout = aiohttp.ClientTimeout(total=3)
    async with redis.Redis.from_url("{REDIS}", socket_timeout=1) as app[CACHE], aiohttp.ClientSession(timeout=timeout) as app[HTTP]:
        yield


def make(service):
    app = web.Application()
    app[SERVICE] = service
    app.cleanup_ctx.append(clients)
    app.router.add_get("/rates", rates)
    return app
"""
CAREFUL = """try:
        known = await cache.get("pr:rates")
        if known is not None:
            return web.json_response(json.loads(known))
    except (redis.RedisError, ValueError):
        log.warning("no cache", exc_info=True)"""
CARELESS = """known = await cache.get("pr:rates")
    if known is not None:
        return web.json_response(json.loads(known))"""
CACHED_TEST = """
import asyncio

import redis
from aiohttp.test_utils import TestClient, TestServer

from app import make


def test_rates(httpserver):
    with redis.Redis.from_url("{REDIS}") as cache:
        cache.delete("pr:rates")
    httpserver.expect_request("/rates").respond_with_json({"EUR": "1.17"})

    async def main():
        async with TestClient(TestServer(make(httpserver.url_for("/rates")))) as client:
            first = await client.get("/rates")
            assert (first.status, await first.json()) == (200, {"EUR": "1.17"})
            assert (await (await client.get("/rates")).json()) == {"EUR": "1.17"}

    asyncio.run(main())
"""


#: SQLAlchemy's asynchronous sessions on asyncpg, whose errors come as `DBAPIError`, or not wrapped at all.
SEATS = """
import logging
from contextlib import asynccontextmanager

from fastapi import Depends, FastAPI, HTTPException, Path
from sqlalchemy import select
from sqlalchemy.exc import OperationalError, SQLAlchemyError
from sqlalchemy.ext.asyncio import async_sessionmaker, create_async_engine
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column
from typing import Annotated

log = logging.getLogger("seats")
engine = create_async_engine("{POSTGRES}".replace("postgresql:", "postgresql+asyncpg:"))
Session = async_sessionmaker(engine, expire_on_commit=False)


class Base(DeclarativeBase):
    pass


class Seat(Base):
    __tablename__ = "pr_seat"
    id: Mapped[int] = mapped_column(primary_key=True)
    taken: Mapped[bool] = mapped_column(default=False)


@asynccontextmanager
async def lifespan(app):
    yield
    await engine.dispose()


app = FastAPI(lifespan=lifespan)


@app.post("/seats/{number}", status_code=201)
async def take(number: Annotated[int, Path(ge=1, le=1000)]):
    try:
        async with Session() as session, session.begin():
            seat = await session.scalar(select(Seat).where(Seat.id == number).with_for_update())
            if seat is None or seat.taken:
                raise HTTPException(409, "not free")
            seat.taken = True
    except {ERRORS} as exc:
        log.exception("seat %d was not taken", number)
        raise HTTPException(503, "try again later") from exc
    return {"seat": number}
"""
SEATS_TEST = """
import asyncio

import asyncpg
import pytest
from fastapi.testclient import TestClient

from app import app


async def sql(*statements):
    conn = await asyncpg.connect("{POSTGRES}")
    for statement in statements:
        await conn.execute(statement)
    await conn.close()


@pytest.fixture
def client():
    asyncio.run(sql("DROP TABLE IF EXISTS pr_seat", "CREATE TABLE pr_seat (id int PRIMARY KEY, taken bool NOT NULL)",
                    "INSERT INTO pr_seat VALUES (7, false)"))
    with TestClient(app) as client:
        yield client
    asyncio.run(sql("DROP TABLE pr_seat"))


def test_take(client):
    assert client.post("/seats/7").status_code == 201
"""
#: A limit of requests that is counted in a pipeline of redis; in its tests fakeredis stands for the server.
LIMIT = """
import logging

import redis
from flask import Flask, jsonify

log = logging.getLogger("limit")
app = Flask(__name__)
cache = redis.Redis(socket_timeout=1)


def count(who):
    with cache.pipeline() as pipe:
        pipe.incr(f"pr:limit:{who}")
        pipe.expire(f"pr:limit:{who}", 60)
        return pipe.execute()[0]


@app.get("/quote")
def quote():
    {COUNT}
    if n > 100:
        return jsonify(error="too many"), 429
    return jsonify(quote="Carpe diem")
"""
COUNTED = """try:
        n = int(count("me"))
    except (redis.RedisError, ValueError):
        log.warning("nobody counts", exc_info=True)
        n = 0"""
LIMIT_TEST = """
import fakeredis
import pytest

import app as module


@pytest.fixture
def cache(monkeypatch):
    monkeypatch.setattr(module, "cache", fakeredis.FakeRedis())


def test_quote(cache):
    assert module.app.test_client().get("/quote").json == {"quote": "Carpe diem"}
"""


@dataclass(frozen=True)
class Case:
    """An application, what is put into it, and what has to be found: nothing, where it is sound."""

    name: str
    app: str
    test: str
    values: dict[str, str]
    found: frozenset[tuple[str, str]] = frozenset()
    faults: frozenset[str] = frozenset()  # that are handled


CASES = [
    Case("asyncpg, two steps on their own", TRANSFER, TRANSFER_TEST, {"TRANSACTION": ""},
         frozenset({("partial-write", "transfer")})),
    Case("asyncpg, one transaction", TRANSFER, TRANSFER_TEST, {"TRANSACTION": ", conn.transaction()"},
         faults=frozenset({"db.connection-dropped", "db.deadlock", "db.commit-lost", "db.disk-full"})),
    Case("psycopg2, not given back", POOL, POOL_TEST, {"WORK": FORGETS}, frozenset({("leaked-connection", "take")})),
    Case("psycopg2, given back", POOL, POOL_TEST, {"WORK": GIVES_BACK},
         faults=frozenset({"db.connection-dropped", "db.deadlock", "db.commit-lost"})),
    Case("MariaDB, swallowed", ORDERS, ORDERS_TEST, {"ANSWER": "pass", "AGAIN": ""}, frozenset({("false-success", "place")})),
    Case("MariaDB, tried again", ORDERS, ORDERS_TEST, {"ANSWER": SORRY, "AGAIN": AGAIN},
         faults=frozenset({"db.connection-dropped", "db.deadlock", "db.timeout"})),
    Case("SQLAlchemy and asyncpg, as it was with psycopg", SEATS, SEATS_TEST, {"ERRORS": "OperationalError"},
         frozenset({("escaped-exception", "take")})),
    Case("SQLAlchemy and asyncpg, all errors", SEATS, SEATS_TEST, {"ERRORS": "(SQLAlchemyError, OSError)"},
         faults=frozenset({"db.connection-dropped", "db.deadlock", "db.connection-refused"})),
    Case("a pipeline of redis, counted or nothing", LIMIT, LIMIT_TEST, {"COUNT": 'n = count("me")'},
         frozenset({("escaped-exception", "count")})),
    Case("a pipeline of redis, or nobody counts", LIMIT, LIMIT_TEST, {"COUNT": COUNTED},
         faults=frozenset({"cache.unavailable"})),
    Case("aiohttp and redis, no cache no rates", CACHED, CACHED_TEST, {"READ": CARELESS},
         frozenset({("escaped-exception", "rates")})),
    Case("aiohttp and redis, either will do", CACHED, CACHED_TEST, {"READ": CAREFUL},
         faults=frozenset({"cache.unavailable", "http.connection-refused", "reply.html"})),
]  # fmt: skip


@pytest.mark.parametrize("case", [pytest.param(case, id=case.name, marks=marks(case.name)) for case in CASES])
def test_a_unit_of_work(case: Case, tmp_path: Path) -> None:
    mariadb = need("MariaDB").url.partition("://")[2]
    places = {"POSTGRES": need("PostgreSQL").url, "MARIADB": f"mysql+pymysql://{mariadb}", "REDIS": need("Redis").url}
    project = tmp_path / "app"
    project.mkdir()
    for name, text in (("app.py", case.app), ("test_app.py", case.test)):
        for mark, value in (case.values | places).items():
            text = text.replace(f"{{{mark}}}", value)
        (project / name).write_text(text)
    sweep = run(project, tmp_path / "work", "--prodready-select=errors", "--prodready-select=integrity")
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == []
    found = {(f["check"], f["function"].rpartition(".")[2]) for f in sweep.errors()}
    trials = sweep.report["trials"]
    assert found == case.found, ([(t["fault"], t["outcome"], t["operation"]) for t in trials], sweep.output)
    assert case.faults <= {trial["fault"] for trial in trials if trial["verdict"] == "handled"}, trials
