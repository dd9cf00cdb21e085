"""Lets in what it knows."""

import re
import subprocess

STATES = ("open", "paid")


def orders(conn, state):
    if state not in STATES:
        raise ValueError(f"no state is called {state!r}")
    return conn.execute(f"SELECT count(*) FROM members WHERE city = '{state}'").fetchone()[0]


def by_number(conn, number):
    if not re.fullmatch(r"[0-9]+", number):
        raise ValueError("no number")
    return conn.execute(f"SELECT name FROM members WHERE id = {number}").fetchone()[0]


def host(name):
    if not re.fullmatch(r"[a-z0-9.-]+", name):
        raise ValueError("no host")
    return subprocess.run(f"printf %s {name}", shell=True, capture_output=True, text=True, timeout=5).stdout
