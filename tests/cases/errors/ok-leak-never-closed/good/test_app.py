import sqlite3

import pytest

from app import save


@pytest.fixture
def path(tmp_path):
    conn = sqlite3.connect(tmp_path / "notes.db")
    conn.execute("CREATE TABLE notes (note TEXT)")
    conn.close()
    return tmp_path / "notes.db"


def test_save(path):
    assert save(path, "tea") == 1
