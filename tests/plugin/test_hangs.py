"""Ways not to come back: each is ended by the deadline, holds nothing up and costs no other trial its verdict."""

from __future__ import annotations

import contextlib
import signal
import threading
import time

import pytest

from pytest_prodready.raised import TrialEnded
from pytest_prodready.sweep.guard import AGAIN, Threads, deadline

from .conftest import Project

APP = """
import asyncio
import concurrent.futures
import os
import queue
import sqlite3
import threading


def retry():
    while True:
        try:
            return sqlite3.connect(":memory:").total_changes
        except sqlite3.Error:
            continue


def retry_on_anything():
    while True:
        try:
            return sqlite3.connect(":memory:").total_changes
        except:
            pass


def empty_queue():
    try:
        return sqlite3.connect(":memory:").total_changes
    except sqlite3.Error:
        return queue.Queue().get()


async def wait():
    try:
        return sqlite3.connect(":memory:").total_changes
    except sqlite3.Error:
        await asyncio.Event().wait()


def coroutine():
    return asyncio.run(wait())


def work(done):
    try:
        sqlite3.connect(":memory:")
    except sqlite3.Error:
        threading.Event().wait()
    done.set()


def thread():
    done = threading.Event()
    threading.Thread(target=work, args=(done,), name="stuck").start()
    done.wait()
    return 0


def pool():
    executor = concurrent.futures.ThreadPoolExecutor(1, thread_name_prefix="stuck-pool")
    return executor.submit(work, threading.Event()).result() or 0


def leave():
    try:
        return sqlite3.connect(":memory:").total_changes
    except sqlite3.Error:
        os._exit(3)


def sturdy():
    try:
        return sqlite3.connect(":memory:").total_changes
    except sqlite3.Error:
        return 0
"""
TESTS = """
import pytest

import app


@pytest.mark.parametrize("name", {names})
def test_it(name):
    assert getattr(app, name)() == 0
"""
FOREVER = {
    "retry": "retry",
    "retry_on_anything": "retry_on_anything",
    "empty_queue": "empty_queue",
    "coroutine": "wait",
    "thread": "work",
    "leave": "leave",
}

needs_signals = pytest.mark.skipif(not hasattr(signal, "setitimer"), reason="needs signals")


def write(project: Project, *names: str) -> None:
    project.write({"app.py": APP, "test_app.py": TESTS.format(names=list(names))})


@needs_signals
def test_each_is_a_hang(project: Project) -> None:
    write(project, *FOREVER, "sturdy")
    started = time.monotonic()
    result, report = project.sweep("--prodready-deadline=0.4", "--prodready-depth=quick", "--prodready-select=hang")
    assert time.monotonic() - started < 30  # the thread is no daemon, and yet nobody waits for it at exit
    verdicts = {trial["function"]: trial["outcome"] for trial in report["trials"]}
    assert verdicts == {**dict.fromkeys(FOREVER.values(), "hang"), "sturdy": "absorbed"}
    assert result.parseoutcomes() == {"passed": 7, "failed": len(report["findings"])}
    assert report["internal_errors"] == []
    assert [note for note in report["notes"] if "abandoned" in note] == [
        "a thread of a trial could not be ended and was abandoned: stuck"
    ]


@needs_signals
def test_a_pool_does_not_hold_up_the_end(project: Project) -> None:
    write(project, "pool")
    result, report = project.sweep("--prodready-deadline=0.4", "--prodready-depth=quick", "--prodready-select=hang")
    assert [f["check"] for f in report["findings"]] == ["hang"], result.stdout.str()
    result.stdout.fnmatch_lines(["*could not be ended and was abandoned: stuck-pool*"])


LOCKED = """
import threading

from flask import Flask, request

app = Flask(__name__)
lock = threading.Lock()


@app.post("/area")
def area():
    lock.acquire()
    width, height = (int(part) for part in request.form["text"].split("x"))
    lock.release()
    return {"area": width * height, "name": request.form["name"], "unit": request.form["unit"]}
"""
LOCKED_TEST = """
from app import app

def test_area():
    form = {"text": "2x3", "name": "yard", "unit": "m"}
    assert app.test_client().post("/area", data=form).json["area"] == 6
"""


@needs_signals
def test_an_attack_that_does_not_come_back_ends_the_attacked_run(project: Project) -> None:
    """What it leaves behind, here a lock, would hold up each request after it; and so would each other leaf."""
    project.write({"app.py": LOCKED, "test_app.py": LOCKED_TEST})
    started = time.monotonic()
    _, report = project.sweep("--prodready-deadline=0.5", "--prodready-select=security")
    assert time.monotonic() - started < 20
    attacked = [trial for trial in report["trials"] if trial["attack"]]
    assert {trial["reason"] for trial in attacked if trial["verdict"] == "not-tried"} == {
        "it took more than 0.5 s before all attacked requests were made",
        "two attacked requests like it did not come back in time",
    }
    assert [f["check"] for f in report["findings"]] == ["unhandled-input"]
    assert report["readiness"]["pillars"]["security"]["status"] == "inconclusive"
    assert report["internal_errors"] == []


@needs_signals
@pytest.mark.parametrize("method", ["signal", "thread"])
def test_a_shorter_time_out_of_pytest_timeout(project: Project, method: str) -> None:
    """It guards the suite; in a trial the deadline does. Its method `thread` ends the process."""
    pytest.importorskip("pytest_timeout")
    write(project, "retry")
    result, report = project.sweep(
        "--timeout=0.5", f"--timeout-method={method}", "--prodready-deadline=1", "--prodready-depth=quick",
        "--prodready-select=hang",
    )  # fmt: skip
    assert [f["check"] for f in report["findings"]] == ["hang"], result.stdout.str()
    assert "Timeout +" not in result.stdout.str() + result.stderr.str()
    assert result.parseoutcomes() == {"passed": 1, "failed": 1}


def test_used_up_budget_is_counted(project: Project) -> None:
    write(project, "sturdy")
    result, report = project.sweep("--prodready-budget=0", "--prodready-select=errors")
    assert {(t["verdict"], t["reason"]) for t in report["trials"]} == {("not-tried", "the budget was used up")}
    assert report["readiness"]["percent"] is None
    assert report["readiness"]["pillars"]["errors"]["status"] == "inconclusive"
    assert result.ret == 0


def spin() -> None:
    while True:
        pass


def spin_through(times: int) -> None:
    for _ in range(times):
        with contextlib.suppress(TrialEnded):
            spin()
    spin()


@needs_signals
class TestTimer:
    """The deadline's timer and somebody else's, both on SIGALRM."""

    def test_another_goes_on(self) -> None:
        before = signal.signal(signal.SIGALRM, handler := lambda signum, frame: None)
        try:
            signal.setitimer(signal.ITIMER_REAL, 30)
            with pytest.raises(TrialEnded), deadline(0.05, lambda: None):
                spin()
            assert 20 < signal.getitimer(signal.ITIMER_REAL)[0] < 30
            assert signal.getsignal(signal.SIGALRM) is handler
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def test_one_that_is_overdue_does_not_strike_while_we_clean_up(self) -> None:
        struck: list[int] = []
        before = signal.signal(signal.SIGALRM, lambda signum, frame: struck.append(signum))
        try:
            signal.setitimer(signal.ITIMER_REAL, 0.01)
            with pytest.raises(TrialEnded), deadline(0.05, lambda: None):
                spin()
            assert signal.getitimer(signal.ITIMER_REAL)[0] > 0.5
            assert struck == []
        finally:
            signal.setitimer(signal.ITIMER_REAL, 0)
            signal.signal(signal.SIGALRM, before)

    def test_none_is_left_behind(self) -> None:
        before = signal.getsignal(signal.SIGALRM)
        with deadline(30, lambda: None):
            pass
        assert signal.getitimer(signal.ITIMER_REAL)[0] == 0
        assert signal.getsignal(signal.SIGALRM) is before

    def test_it_is_raised_again_where_it_was_swallowed(self) -> None:
        started = time.perf_counter()
        with pytest.raises(TrialEnded), deadline(0.02, lambda: None):
            spin_through(2)
        assert time.perf_counter() - started >= 0.02 + 2 * AGAIN


def test_threads_are_let_go_and_named_without_numbers() -> None:
    threads, stop, start = Threads(), threading.Event(), threading.Thread.start
    with threads.active():
        stuck = threading.Thread(target=stop.wait)
        stuck.start()
        ended = threading.Thread(target=print, name="ended")
        ended.start()
    ended.join()
    assert threading.Thread.start is start
    names = threads.abandon()
    stop.set()
    stuck.join()
    assert names == ["Thread (wait)"]
    assert threads.abandon() == []
