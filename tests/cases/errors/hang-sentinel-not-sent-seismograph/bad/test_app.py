import sqlite3

import pytest

from export import SCHEMA, export


@pytest.fixture
def database(tmp_path):
    conn = sqlite3.connect(tmp_path / "samples.db")
    conn.execute(SCHEMA)
    conn.executemany("INSERT INTO samples VALUES (?, ?, ?)", [(4, at, at * at) for at in range(25)])
    conn.commit()
    conn.close()
    return tmp_path / "samples.db"


def test_export(database):
    assert len(export(database, 4)) == 25 * 12


def test_small_blocks(database):
    assert export(database, 4, block=10) == export(database, 4)


def test_station_without_samples(database):
    assert export(database, 5) == b""
