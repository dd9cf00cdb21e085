import sqlite3
from contextlib import closing

import pytest

from app import setting


@pytest.fixture
def path(tmp_path):
    with closing(sqlite3.connect(tmp_path / "settings.db")) as conn, conn:
        conn.execute("CREATE TABLE settings (name TEXT, value TEXT)")
        conn.execute("INSERT INTO settings VALUES ('colour', 'red')")
    return tmp_path / "settings.db"


def test_setting(path):
    assert setting(path, "colour") == "red"
