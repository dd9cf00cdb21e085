import sqlite3

import pytest

from migrate import migrate


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "people.db"
    conn = sqlite3.connect(path)
    conn.executescript("CREATE TABLE people (id INTEGER PRIMARY KEY, name TEXT NOT NULL); PRAGMA user_version = 1;")
    conn.close()
    return path


def columns(path):
    conn = sqlite3.connect(path)
    try:
        return [row[1] for row in conn.execute("PRAGMA table_info(people)")]
    finally:
        conn.close()


def test_migrate(path):
    assert migrate(path) == "people.db is at version 2"
    assert columns(path) == ["id", "name", "phone"]


def test_migrate_twice(path):
    migrate(path)
    assert migrate(path) == "people.db is at version 2"
