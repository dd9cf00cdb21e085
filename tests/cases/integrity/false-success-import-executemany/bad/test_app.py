import sqlite3

import pytest

from importer import load


@pytest.fixture(scope="module")
def path(tmp_path_factory):
    path = tmp_path_factory.mktemp("import") / "prices.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE prices (article TEXT PRIMARY KEY, cents INTEGER NOT NULL)")
    conn.commit()
    conn.close()
    return path


def test_load(path):
    assert load(path, ["A1;100", "B2;250"]) == {"read": 2, "stored": 2, "skipped": []}


def test_line_with_an_error(path):
    assert load(path, ["A1;100", "oops"]) == {"read": 2, "stored": 1, "skipped": ["oops"]}
