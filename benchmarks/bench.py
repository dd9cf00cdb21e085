"""What pytest-prodready costs, measured side by side.

1. Observing: a generated suite whose tests make 20 calls of sqlite3 each, under `--prodready` and
   `--prodready-budget=0` (which observes and tries nothing), against the same suite without the plugin: with the pillar
   `errors` alone, with all of them, and what the pillar `performance` adds to the others.
2. A trial: the mean trial of a sweep, by the JSON report's `seconds`, against one plain re-run of the same
   tests by pytest-repeat. The application does its work first and its database calls last, so that a trial
   does about all that a plain run does; it copes with every fault, so that no trial needs a control run.

3. A sweep: trials a point and points a second of a suite of 100 such tests, and how much faster two workers of
   pytest-xdist are, start of the workers and the ordinary run included.

4. Attacks: the requests that a sweep of the pillar `security` makes to a Flask application, all that the sweep does
   included, against as many plain requests of the test client.

5. What one observed call costs, seam by seam (`per_call.py`).

What is spent once a session (plan, dependencies, report) is in all figures; where tests are as quick as those of the first
part it is much of them, and is told apart.

Each side runs in a process of its own, in turn, several times, after one round that does not count. What is
compared is measured inside pytest: interpreter start and imports before it are left out. The best round of
each side counts, since other work on the machine only adds; the ratio of the medians stands beside it.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

GOAL = 1.15
ONE_PILLAR = 1.10
ATTACKED = 1.5
CALLS = 20
BODY = 0.0045  # seconds of work in the route; with the request itself some 5 ms a test

# No plugin but those that are compared: what others cost is not ours.
PLAIN = ["-q", "-p", "bench_clock", "-p", "no:cacheprovider"]
OURS = [*PLAIN, "-p", "prodready"]

CLOCK = '''
"""Writes down how long the session and each run of a test took."""

import json
import os
import time

import pytest

began = began_cpu = 0.0
runs = []


@pytest.hookimpl(tryfirst=True)
def pytest_sessionstart():
    global began, began_cpu
    began, began_cpu = time.perf_counter(), time.process_time()


@pytest.hookimpl(wrapper=True, tryfirst=True)
def pytest_runtest_protocol():
    start = time.perf_counter()
    try:
        return (yield)
    finally:
        runs.append(time.perf_counter() - start)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish():
    session, cpu = time.perf_counter() - began, time.process_time() - began_cpu
    with open(os.environ["BENCH_CLOCK"], "w") as file:
        json.dump({"session": session, "cpu": cpu, "runs": runs}, file)
'''

INI = """
[pytest]
testpaths = tests
pythonpath = .
"""

STORE = """
import sqlite3


def connect():
    return sqlite3.connect(":memory:")


def create(connection):
    connection.execute("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")


def add(connection, name):
    connection.execute("INSERT INTO things (name) VALUES (?)", (name,))


def get(connection, number):
    return connection.execute("SELECT name FROM things WHERE id = ?", (number,)).fetchone()


def save(connection):
    connection.commit()
"""

# connect, create, 9 inserts, commit, 8 selects: 20 calls
OBSERVED = """
import pytest

from store import add, connect, create, get, save


@pytest.mark.parametrize("number", range({tests}))
def test_things(number):
    connection = connect()
    create(connection)
    for turn in range(9):
        add(connection, f"thing {{turn}}")
    save(connection)
    for turn in range(8):
        assert get(connection, turn + 1) == (f"thing {{turn}}",)
    connection.close()
"""

SHOP = """
import hashlib
import logging
import sqlite3

from flask import Flask

ITERATIONS = {iterations}


def create_app(path):
    app = Flask(__name__)

    @app.errorhandler(sqlite3.Error)
    def database_error(error):
        logging.getLogger(__name__).error("database failed")
        return {{"error": "not available"}}, 503

    def work():
        return hashlib.pbkdf2_hmac("sha256", b"password", b"salt", ITERATIONS).hex()
{routes}
    return app
"""

# One after the other and not one for all: each is a site, and an entry, of its own.
ROUTE = """
    @app.post("/things/kind_{letter}")
    def add_{letter}():
        name = work()
        connection = sqlite3.connect(path)
        try:
            connection.execute("PRAGMA synchronous = OFF")  # or the disk is what is measured
            connection.execute("INSERT INTO things (name) VALUES (?)", (name,))
            connection.commit()
        finally:
            connection.close()
        return {{"name": name}}, 201
"""

SHOP_TESTS = """
import sqlite3

import pytest

from shop import create_app


@pytest.fixture(scope="session")
def app(tmp_path_factory):
    path = str(tmp_path_factory.mktemp("shop") / "shop.db")
    connection = sqlite3.connect(path)
    connection.executescript("CREATE TABLE things (id INTEGER PRIMARY KEY, name TEXT)")
    connection.close()
    return create_app(path)


@pytest.fixture
def client(app):
    return app.test_client()

"""

SHOP_TEST = """
def test_{letter}(client):
    assert client.post("/things/kind_{letter}").status_code == 201

"""

LETTERS = "abcdefghij"


FORM = """
import atexit
import hashlib
import sqlite3

from flask import Flask, redirect, render_template_string, request

app = Flask(__name__)
db = sqlite3.connect(":memory:", check_same_thread=False)
db.execute("CREATE TABLE IF NOT EXISTS orders (name TEXT, tea TEXT)")
asked = 0


def order():
    global asked
    asked += 1
    hashlib.pbkdf2_hmac("sha256", b"password", b"salt", {iterations})
    name, tea = request.form["name"], request.form["tea"]
    with db:
        db.execute("INSERT INTO orders VALUES (?, ?)", (name, tea))
    return render_template_string("<p>{{{{ name }}}} ordered {{{{ tea }}}}</p>", name=name, tea=tea)


for letter in "{letters}":
    app.add_url_rule(f"/orders/{{letter}}", letter, order, methods=["POST"])


@atexit.register
def tell():
    with open("asked", "w") as file:
        file.write(str(asked))
"""

FORM_TEST = """
import os

import pytest

from app import app

TIMES = int(os.environ.get("BENCH_TIMES", "1"))


@pytest.mark.parametrize("letter", "{letters}")
def test_order(letter):
    client = app.test_client()
    for _ in range(TIMES):
        assert client.post(f"/orders/{{letter}}", data={{"name": "ann", "tea": "assam"}}).status_code == 200
"""


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=7, help="how often each side runs (default: 7)")
    parser.add_argument("--tests", type=int, default=300, help="tests of the observed suite (default: 300)")
    parser.add_argument("--count", type=int, default=20, help="plain re-runs of each test (default: 20)")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="prodready-bench-") as folder:
        met = [observe(Path(folder, "observe"), options.tests, options.rounds)]
        met.append(trial(Path(folder, "trial"), options.count, options.rounds))
        sweep(Path(folder, "sweep"), min(options.rounds, 3))
        met.append(attack(Path(folder, "attack"), min(options.rounds, 3)))
    print("\nObserving, by seam", flush=True)
    subprocess.run([sys.executable, Path(__file__).with_name("per_call.py")], check=True)
    print()
    print("All goals are met." if all(met) else "A goal is missed.")
    return 0


def observe(folder: Path, tests: int, rounds: int) -> bool:
    write(folder, {"store.py": STORE, "tests/test_store.py": OBSERVED.format(tests=tests)})
    report = folder / "report.json"
    flags = [*OURS, "--prodready", "--prodready-budget=0", "--prodready-no-fail", f"--prodready-report=json:{report}"]
    chosen = {
        "errors only": ["--prodready-select=errors"],
        "all but performance": ["--prodready-ignore=performance"],
        "all pillars": [],
    }
    cpu: dict[str, list[float]] = {"plain": [], **{name: [] for name in chosen}}

    def side(name: str) -> float:
        clock = run(folder, PLAIN if name == "plain" else [*flags, *chosen[name]])
        cpu[name].append(clock["cpu"])
        return float(clock["session"])

    print(f"Observing: {tests} tests of {CALLS} calls, {rounds} rounds")
    seconds = interleave({name: partial(side, name) for name in cpu}, rounds)
    run(folder, [*flags, *chosen["all pillars"]])
    seen = json.loads(report.read_text())
    calls = seen["seams"].get("sqlite3", 0)
    if calls < tests * CALLS or seen["findings"]:
        print(f"  NOT VALID: {calls} calls of {tests * CALLS} were observed, {len(seen['findings'])} findings")
        return False
    for name, values in seconds.items():
        print(f"  {name:19} {min(values):7.3f} s   (median {statistics.median(values):.3f})")
    one = ["-k", "test_things[0]"]
    sides: dict[str, Callable[[], float]] = {
        "plain": lambda: float(run(folder, [*PLAIN, *one])["session"]),
        "ours": lambda: float(run(folder, [*flags, *one])["session"]),
    }
    once = interleave(sides, 3)
    session = min(once["ours"]) - min(once["plain"])
    print(
        f"  {session * 1e3:.0f} ms of it are spent once a session, whatever the number of tests: plan, dependencies, report"
    )
    met = []
    for name, other, goal in (
        ("errors only", "plain", GOAL),
        ("all pillars", "plain", GOAL),
        ("all pillars", "all but performance", ONE_PILLAR),
    ):
        extra = (min(seconds[name]) - min(seconds[other])) / (tests * CALLS) * 1e6
        processor = min(cpu[name]) / min(cpu[other])
        print(f"  {name} against {other}: {extra:+.1f} us a call, ratio of processor time {processor:.3f}")
        met.append(judge(seconds[name], seconds[other], goal))
    return all(met)


def trial(folder: Path, count: int, rounds: int) -> bool:
    shop = SHOP.format(iterations=calibrate(), routes="".join(ROUTE.format(letter=letter) for letter in LETTERS))
    tests = SHOP_TESTS + "".join(SHOP_TEST.format(letter=letter) for letter in LETTERS)
    write(folder, {"shop.py": shop, "tests/test_shop.py": tests})
    report = folder / "report.json"
    trials: list[int] = []
    walls: list[float] = []

    def sweep() -> float:
        flags = [
            "--prodready",
            "--prodready-no-fail",
            "--prodready-depth=thorough",
            "--prodready-select=errors",  # those that judge the trials of faults: the others have none, or find
            "--prodready-select=integrity",  # that this application takes a connection for each request
            f"--prodready-report=json:{report}",
        ]
        clock = run(folder, [*OURS, *flags])
        found = json.loads(report.read_text())
        unfit = [t for t in found["trials"] if t["verdict"] != "handled" and t["verdict"] != "not-tried"]
        if found["findings"] or unfit:
            print(f"  NOT VALID: {len(found['findings'])} findings, {len(unfit)} trials that were not handled")
        seconds = [t["seconds"] for t in found["trials"] if t["verdict"] == "handled"]
        if not seconds:
            raise SystemExit("  no trial was made: nothing to compare")
        # The tests themselves are the first runs; what the clock saw after them is left out of `plain` below.
        plain = sum(clock["runs"][: len(LETTERS)])
        trials.append(len(seconds))
        walls.append((clock["session"] - plain) / len(seconds))
        return statistics.fmean(seconds)

    def repeat() -> float:
        runs = run(folder, [*PLAIN, "-p", "repeat", f"--count={count}"])["runs"]
        if len(runs) != count * len(LETTERS):
            raise SystemExit(f"  pytest-repeat made {len(runs)} runs of {count * len(LETTERS)}")
        return statistics.fmean(runs)

    print()
    print(f"A trial: {len(LETTERS)} tests through a Flask client, {rounds} rounds")
    seconds = interleave({"re-run": repeat, "trial": sweep}, rounds)
    for name, values in seconds.items():
        print(f"  {name:8} {min(values) * 1e3:7.2f} ms  (median {statistics.median(values) * 1e3:.2f})")
    wall = min(walls) * 1e3
    print(f"  {trials[-1]} trials a sweep; {wall:.2f} ms a trial with plan, checks and report")
    return judge(seconds["trial"], seconds["re-run"])


def sweep(folder: Path, rounds: int) -> None:
    letters = [first + second for first in LETTERS for second in LETTERS]
    routes = "".join(ROUTE.format(letter=letter) for letter in letters)
    tests = SHOP_TESTS + "".join(SHOP_TEST.format(letter=letter) for letter in letters)
    write(folder, {"shop.py": SHOP.format(iterations=calibrate(), routes=routes), "tests/test_shop.py": tests})
    report = folder / "report.json"
    flags = [*OURS, "--prodready", "--prodready-no-fail", f"--prodready-report=json:{report}"]

    def side(*arguments: str) -> float:
        started = time.perf_counter()
        run(folder, [*flags, *arguments])
        return time.perf_counter() - started

    print()
    print(f"A sweep: {len(letters)} tests through a Flask client, {rounds} rounds")
    seconds = interleave({"serial": side, "-n 2": lambda: side("-p", "xdist", "-n", "2")}, rounds)
    tried = json.loads(report.read_text())["trials"]
    points = {(t["file"], t["line"], t["function"], t["operation"], t["entry"]) for t in tried}
    print(f"  {len(points)} points, {len(tried)} trials: {len(tried) / len(points):.2f} trials a point")
    for name, values in seconds.items():
        print(f"  {name:8} {min(values):7.2f} s   {len(points) / min(values):6.1f} points a second, all included")
    print(f"  -n 2 is {min(seconds['serial']) / min(seconds['-n 2']):.2f} times as fast")


def attack(folder: Path, rounds: int) -> bool:
    write(
        folder,
        {
            "app.py": FORM.format(iterations=calibrate(), letters=LETTERS),
            "tests/test_orders.py": FORM_TEST.format(letters=LETTERS),
        },
    )
    flags = ["--prodready", "--prodready-no-fail", "--prodready-select=security"]
    os.environ["BENCH_TIMES"] = "1"
    run(folder, [*OURS, *flags])
    each = round(int((folder / "asked").read_text()) / len(LETTERS))
    asked = each * len(LETTERS)

    def side(times: int, arguments: list[str]) -> float:
        os.environ["BENCH_TIMES"] = str(times)
        return float(run(folder, arguments)["session"])

    print()
    print(f"Attacks: {asked} requests, {rounds} rounds")
    sides = {"plain": lambda: side(each, PLAIN), "attacked": lambda: side(1, [*OURS, *flags])}
    seconds = interleave(sides, rounds)
    os.environ.pop("BENCH_TIMES")
    for name, values in seconds.items():
        print(f"  {name:8} {min(values):7.2f} s   {asked / min(values):6.1f} requests a second, all included")
    return judge(seconds["attacked"], seconds["plain"], ATTACKED)


def judge(ours: list[float], plain: list[float], goal: float = GOAL) -> bool:
    ratio, median = min(ours) / min(plain), statistics.median(ours) / statistics.median(plain)
    word = "met" if ratio <= goal else f"missed by {ratio - goal:.2f}"
    print(f"  ratio    {ratio:7.3f}     (of medians {median:.3f}), goal <= {goal}: {word}")
    return ratio <= goal


def interleave(sides: dict[str, Callable[[], float]], rounds: int) -> dict[str, list[float]]:
    """Each side in turn, now one first and now the other; the first round only warms up."""
    values: dict[str, list[float]] = {name: [] for name in sides}
    for number in range(rounds + 1):
        names = list(sides)
        for name in names if number % 2 else reversed(names):
            seconds = sides[name]()
            if number:
                values[name].append(seconds)
    return values


def run(folder: Path, arguments: list[str]) -> dict[str, Any]:
    """One pytest in a process of its own, and what its clock said."""
    clock = folder / "clock.json"
    clock.unlink(missing_ok=True)
    path = os.pathsep.join(filter(None, [str(folder), os.environ.get("PYTHONPATH", "")]))
    environment = {**os.environ, "PYTHONPATH": path, "BENCH_CLOCK": str(clock), "PYTEST_DISABLE_PLUGIN_AUTOLOAD": "1"}
    environment.pop("PYTEST_ADDOPTS", None)
    # As with users, whose bytecode is kept: a process that compiles us anew measures Python's compiler.
    environment.pop("PYTHONDONTWRITEBYTECODE", None)
    environment["PYTHONPYCACHEPREFIX"] = str(folder / "bytecode")
    done = subprocess.run(
        [sys.executable, "-m", "pytest", *arguments],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
    )
    if done.returncode != 0 or not clock.exists():
        print(done.stdout[-4000:], done.stderr[-4000:], sep="\n", file=sys.stderr)
        raise SystemExit(f"pytest {' '.join(arguments)} ended with {done.returncode}")
    result: dict[str, Any] = json.loads(clock.read_text())
    return result


def calibrate() -> int:
    """How many iterations of the work fill the body of a test on this machine."""
    probe = 2000
    best = float("inf")
    for _ in range(20):
        start = time.perf_counter()
        hashlib.pbkdf2_hmac("sha256", b"password", b"salt", probe)
        best = min(best, time.perf_counter() - start)
    return max(1, round(probe * BODY / best))


def write(folder: Path, files: dict[str, str]) -> None:
    for name, text in {"bench_clock.py": CLOCK, "pytest.ini": INI, **files}.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text.lstrip("\n"))


if __name__ == "__main__":
    raise SystemExit(main())
