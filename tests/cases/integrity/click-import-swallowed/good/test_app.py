import sqlite3

import pytest
from click.testing import CliRunner

from app import import_contacts


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "contacts.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE contacts (name TEXT NOT NULL, mail TEXT PRIMARY KEY)")
    conn.commit()
    conn.close()
    return str(path)


def test_import(db, tmp_path):
    source = tmp_path / "contacts.csv"
    source.write_text("name,mail\nAda,ada@example.org\nBob,bob@example.org\n")
    result = CliRunner().invoke(import_contacts, [str(source), "--db", db])
    assert result.exit_code == 0
    assert result.output == "2 contacts imported\n"
    conn = sqlite3.connect(db)
    assert conn.execute("SELECT count(*) FROM contacts").fetchone() == (2,)
    conn.close()
