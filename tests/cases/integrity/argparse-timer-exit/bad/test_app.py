import sqlite3

import pytest

from app import main


@pytest.fixture
def db(tmp_path):
    path = tmp_path / "timer.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE notes (id INTEGER PRIMARY KEY, what TEXT NOT NULL)")
    conn.commit()
    conn.close()
    return str(path)


@pytest.mark.parametrize("what", ["start", "stop"])
def test_note(db, what, capsys):
    with pytest.raises(SystemExit) as left:
        main(["--db", db, what])
    assert not left.value.code
    assert capsys.readouterr().out == f"{what}\n"
    conn = sqlite3.connect(db)
    assert conn.execute("SELECT what FROM notes").fetchall() == [(what,)]
    conn.close()
