import sqlite3

import pytest

from app import main


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "ledger.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE entries (id INTEGER PRIMARY KEY, text TEXT NOT NULL, cents INTEGER NOT NULL)")
    conn.commit()
    conn.close()
    return str(path)


def test_balance(path, capsys):
    assert main(["--file", path, "add", "bread", "420"]) == 0
    assert main(["--file", path, "add", "milk", "135"]) == 0
    capsys.readouterr()
    assert main(["--file", path, "balance"]) == 0
    assert capsys.readouterr().out == "5.55\n"


def test_wrong_use(capsys):
    with pytest.raises(SystemExit) as left:
        main(["balance"])
    assert left.value.code == 2
    assert "--file" in capsys.readouterr().err
