import sqlite3

from click.testing import CliRunner

from app import scales


def test_adduser(tmp_path):
    path = str(tmp_path / "scales.db")
    result = CliRunner().invoke(scales, ["--db", path, "adduser", "bo", "--password", "correct horse"])
    assert result.exit_code == 0, result.output
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT name FROM users").fetchall() == [("bo",)]
    conn.close()
