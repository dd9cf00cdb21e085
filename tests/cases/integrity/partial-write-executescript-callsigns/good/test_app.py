import sqlite3
from contextlib import closing

import pytest

from registry import SCHEMA, Registry


@pytest.fixture
def registry(tmp_path):
    with closing(sqlite3.connect(tmp_path / "signs.db")) as conn:
        conn.executescript(SCHEMA)
        conn.execute("INSERT INTO callsigns VALUES ('DL7XYZ', 31)")
        conn.execute("INSERT INTO reservations VALUES ('DL1AA', '2001-01-01')")
        conn.commit()
    return Registry(tmp_path / "signs.db")


def test_transfer(registry):
    registry.transfer("DL7XYZ", 31, 44, "2030-05-01")
    assert registry.holder("DL7XYZ") == 44


def test_there_and_back(registry):
    registry.transfer("DL7XYZ", 31, 44, "2030-05-01")
    registry.transfer("DL7XYZ", 44, 31, "2030-06-01")
    assert registry.holder("DL7XYZ") == 31
