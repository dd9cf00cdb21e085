import sqlite3

import pytest

from app import main
from logbook import SCHEMA


@pytest.fixture(autouse=True)
def book(tmp_path, monkeypatch):
    conn = sqlite3.connect(tmp_path / "log.db")
    conn.executescript(SCHEMA)
    conn.close()
    monkeypatch.setenv("LOGBOOK", str(tmp_path / "log.db"))


def test_write_and_show(capsys):
    assert main(["write", "2030-02-01", "1", "12"]) == 0
    assert main(["write", "2030-02-01", "2", "0"]) == 0
    capsys.readouterr()
    assert main(["show", "2030-02-01"]) == 0
    assert capsys.readouterr().out == "watch 1: 12 nm\nwatch 2: 0 nm (fog)\n2 watches\n"


def test_empty_day(capsys):
    assert main(["show", "2030-02-02"]) == 0
    assert capsys.readouterr().out == "0 watches\n"
