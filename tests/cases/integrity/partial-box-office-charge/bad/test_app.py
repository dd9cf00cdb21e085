import sqlite3

import pytest
import responses
from click.testing import CliRunner

from app import PAY, sell


@pytest.fixture
def db(tmp_path):
    path = str(tmp_path / "box.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE shows (name TEXT PRIMARY KEY, seats INTEGER)")
    conn.execute("CREATE TABLE sales (sale TEXT PRIMARY KEY, show TEXT, number INTEGER)")
    conn.execute("INSERT INTO shows VALUES ('Faust', 10)")
    conn.commit()
    conn.close()
    return path


@responses.activate
def test_sell(db):
    responses.post(PAY, json={"status": "paid", "cents": 3000})
    result = CliRunner().invoke(sell, ["s-1", "Faust", "--number", "2", "--db", db])
    assert (result.exit_code, result.output) == (0, "2 tickets sold\n")
