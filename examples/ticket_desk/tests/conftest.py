from __future__ import annotations

import os

import psycopg
import pytest
import redis
import respx
from fastapi.testclient import TestClient

from desk import store
from desk.app import SEATING, app

DATABASE = os.environ.get("PRODREADY_TEST_POSTGRES_URL", "postgresql://postgres@127.0.0.1:5432/test")
CACHE = os.environ.get("PRODREADY_TEST_REDIS_URL", "redis://127.0.0.1:6379/0")
os.environ["DESK_DATABASE_URL"], os.environ["DESK_REDIS_URL"] = DATABASE, CACHE


@pytest.fixture
def shows():
    with psycopg.connect(DATABASE, autocommit=True) as conn, redis.Redis.from_url(CACHE) as cache:
        conn.execute("DROP TABLE IF EXISTS desk_ticket, desk_show")
        conn.execute(store.SCHEMA)
        conn.execute("INSERT INTO desk_show VALUES (1, 'Hamlet', 2), (2, 'Tosca', 0)")
        cache.delete("desk:shows")
        yield conn


@pytest.fixture
def client(shows):
    with TestClient(app) as client:
        yield client


@pytest.fixture
def seating():
    with respx.mock(base_url=SEATING, assert_all_called=False) as routes:
        routes.get("/shows/1/best").respond(json={"seat": "A12"})
        routes.get("/shows/2/best").respond(json={"seat": "B1"})
        routes.post("/shows/1/taken").respond(204)
        yield routes
