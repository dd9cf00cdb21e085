"""Tasks that run in process: entries of their own, with the retries that the application decided on."""

from __future__ import annotations

from typing import Any

import pytest

from .conftest import Project

COMMON = """
import os
import sqlite3
from contextlib import closing


def store(n):
    with closing(sqlite3.connect(os.environ["TASKS_DB"])) as conn, conn:
        conn.execute("INSERT INTO t VALUES (?)", (n,))
    return n
"""
CONFTEST = """
import sqlite3

import pytest


@pytest.fixture(autouse=True)
def database(tmp_path, monkeypatch):
    path = str(tmp_path / "x.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE t (n)")
    conn.commit()
    conn.close()
    monkeypatch.setenv("TASKS_DB", path)
"""


def swept(project: Project, source: str, tests: str) -> dict[str, set[str]]:
    """The verdicts of each entry."""
    project.write({"store.py": COMMON, "jobs.py": source, "conftest.py": CONFTEST, "test_jobs.py": tests})
    result, report = project.sweep("--prodready-select=escaped-exception")
    assert report, result.stdout.str()
    assert report["internal_errors"] == []
    found: dict[str, set[str]] = {}
    for trial in report["trials"]:
        found.setdefault(trial["entry"], set()).add(trial["verdict"])
    assert all(finding["level"] == "error" for finding in report["findings"])
    return found


CELERY = """
import sqlite3

from celery import Celery, Task
from flask import Flask

from store import store

app = Celery("shop", broker="memory://", backend="cache+memory://")
app.conf.task_always_eager = True


class Unstored(Exception):
    pass


@app.task
def plain(n):
    return store(n)


@app.task(autoretry_for=(sqlite3.Error,), retry_backoff=True, max_retries=3)
def retried(n):
    return store(n)


@app.task(bind=True, max_retries=None, default_retry_delay=3000)
def for_ever(self, n):
    try:
        return store(n)
    except sqlite3.Error as exc:
        raise self.retry(exc=exc)


@app.task(autoretry_for=(KeyError,))
def retried_for_another_reason(n):
    return store(n)


@app.task
def translated(n):
    try:
        return store(n)
    except sqlite3.Error as exc:
        raise Unstored("not stored") from exc


@app.task(throws=(sqlite3.OperationalError,))
def expected(n):
    return store(n)


class Told(Task):
    def on_failure(self, exc, task_id, args, kwargs, einfo):
        print("told the owner", exc)


@app.task(base=Told)
def told(n):
    return store(n)


def create():
    web = Flask("web")

    @web.post("/queue")
    def queue():
        plain.delay(1)
        return {"ok": True}

    return web
"""
CELERY_TESTS = """
import pytest

import jobs

PROPAGATES = False


@pytest.fixture(autouse=True)
def propagates():
    jobs.app.conf.task_eager_propagates = PROPAGATES


@pytest.mark.parametrize("name", ["plain", "retried", "for_ever", "retried_for_another_reason", "translated", "expected", "told"])
def test_task(name):
    assert getattr(jobs, name).delay(1).get() == 1


def test_called_like_a_function():
    assert jobs.plain(2) == 2


def test_route():
    assert jobs.create().test_client().post("/queue").status_code == 200
"""
BAD = {"failed"}
GOOD = {"handled"}


@pytest.mark.parametrize("propagates", [False, True])
def test_celery(project: Project, propagates: bool) -> None:
    found = swept(project, CELERY, CELERY_TESTS.replace("= False", f"= {propagates}"))
    assert found == {
        "task jobs.plain": BAD,
        "task jobs.retried": GOOD,
        "task jobs.for_ever": GOOD,
        "task jobs.retried_for_another_reason": BAD,
        "task jobs.translated": GOOD,
        "task jobs.expected": GOOD,
        "task jobs.told": GOOD,
    }  # nothing is held against the route


RQ = """
import fakeredis
from rq import Queue

from store import store


def on_failure(job, connection, type, value, traceback):
    print("failed", value)


def plain(n):
    return store(n)


def watched(n):
    return store(n)


def queue():
    return Queue(is_async=False, connection=fakeredis.FakeStrictRedis())
"""
RQ_TESTS = """
from rq import Callback

import jobs


def test_plain():
    assert jobs.queue().enqueue(jobs.plain, 1).return_value() == 1


def test_watched():
    assert jobs.queue().enqueue(jobs.watched, 1, on_failure=Callback(jobs.on_failure)).return_value() == 1
"""
HUEY = """
from huey import MemoryHuey

from store import store

huey = MemoryHuey("shop", immediate=True)


@huey.task()
def plain(n):
    return store(n)


@huey.task(retries=2, retry_delay=60)
def retried(n):
    return store(n)
"""
HUEY_TESTS = """
import jobs


def test_plain():
    assert jobs.plain(1)() == 1


def test_retried():
    assert jobs.retried(1)() == 1
"""
DRAMATIQ = """
import dramatiq
from dramatiq.brokers.stub import StubBroker

from store import store

broker = StubBroker()
dramatiq.set_broker(broker)


@dramatiq.actor(max_retries=0)
def plain(n):
    store(n)


@dramatiq.actor
def retried(n):
    store(n)
"""
DRAMATIQ_TESTS = """
import dramatiq
import pytest

import jobs


@pytest.fixture
def worker(database):
    jobs.broker.flush_all()
    worker = dramatiq.Worker(jobs.broker, worker_timeout=20)
    worker.start()
    yield worker
    worker.stop()


@pytest.mark.parametrize("name", ["plain", "retried"])
def test_actor(worker, name):
    getattr(jobs, name).send(1)
    jobs.broker.join("default")
    worker.join()
"""


@pytest.mark.parametrize(
    ("source", "tests", "expected"),
    [
        (RQ, RQ_TESTS, {"task jobs.plain": BAD, "task jobs.watched": GOOD}),
        (HUEY, HUEY_TESTS, {"task plain": BAD, "task retried": GOOD}),
        (DRAMATIQ, DRAMATIQ_TESTS, {"task plain": BAD, "task retried": GOOD}),
    ],
    ids=["rq", "huey", "dramatiq"],
)
def test_queues(project: Project, source: str, tests: str, expected: dict[str, Any]) -> None:
    assert swept(project, source, tests) == expected
