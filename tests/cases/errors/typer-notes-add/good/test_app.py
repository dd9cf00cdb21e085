import sqlite3

import pytest
from typer.testing import CliRunner

from app import app

runner = CliRunner()


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "notes.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, text TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return str(path)


def test_notes(db):
    assert runner.invoke(app, ["last", "--db", db]).output == "no notes yet\n"
    assert runner.invoke(app, ["add", "buy milk", "--db", db]).exit_code == 0
    assert runner.invoke(app, ["last", "--db", db]).output == "buy milk\n"
