import sqlite3
from contextlib import closing

import pytest

from register import SCHEMA, Register


@pytest.fixture
def path(tmp_path):
    with closing(sqlite3.connect(tmp_path / "lost.db")) as conn:
        conn.executescript(SCHEMA)
    return tmp_path / "lost.db"


def test_found(path):
    item = Register(path).found("RE 4711", "umbrella", 12)
    with closing(sqlite3.connect(path)) as conn:
        assert conn.execute("SELECT shelf FROM shelves WHERE tag = ?", (item["tag"],)).fetchone() == (12,)


def test_fetched(path):
    register = Register(path)
    tag = register.found("S 3", "violin", 2)["tag"]
    assert register.fetched(tag, "M. Bruch") == {"tag": tag, "fetched_by": "M. Bruch"}
