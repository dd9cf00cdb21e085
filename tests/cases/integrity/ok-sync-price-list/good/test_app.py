import sqlite3

from click.testing import CliRunner

from app import sync


def test_sync(tmp_path):
    conn = sqlite3.connect(tmp_path / "prices.db")
    conn.execute("CREATE TABLE articles (number TEXT PRIMARY KEY, cents INTEGER)")
    conn.close()
    (tmp_path / "list.csv").write_text("number,cents\na-1,100\na-2,250\na-3,75\n")
    result = CliRunner().invoke(sync, [str(tmp_path / "list.csv"), "--db", str(tmp_path / "prices.db")])
    assert (result.exit_code, result.output) == (0, "3 articles\n")
