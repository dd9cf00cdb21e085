import sqlite3

import pytest
from click.testing import CliRunner

from app import cli


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "inventory.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE tools (id INTEGER PRIMARY KEY, name TEXT NOT NULL, shelf INTEGER NOT NULL)")
    conn.execute("CREATE INDEX tools_shelf ON tools (shelf)")
    conn.commit()
    conn.close()
    return str(path)


def run(db, *args):
    return CliRunner().invoke(cli, ["--db", db, *args])


def test_add_and_show(db):
    assert run(db, "add", "saw", "--shelf", "2").output == "saw is on shelf 2\n"
    assert run(db, "add", "file", "--shelf", "2").exit_code == 0
    result = run(db, "show", "2")
    assert result.exit_code == 0
    assert result.output == "file\nsaw\n"


def test_empty_shelf(db):
    result = run(db, "show", "9")
    assert result.exit_code == 0
    assert "nothing" in result.output


def test_shelf_is_a_number(db):
    assert run(db, "show", "upper").exit_code == 2
