import sqlite3

import pytest

from app import Archive


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / "jobs.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY, what TEXT)")
    conn.execute("CREATE TABLE archive (id INTEGER PRIMARY KEY, what TEXT)")
    conn.execute("INSERT INTO jobs VALUES (4, 'print')")
    conn.commit()
    conn.close()
    return path


def test_move(path):
    archive = Archive(path)
    archive.move(4)
    archive.close()
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT count(*) FROM jobs").fetchone() == (0,)
    assert conn.execute("SELECT what FROM archive").fetchall() == [("print",)]
    conn.close()
