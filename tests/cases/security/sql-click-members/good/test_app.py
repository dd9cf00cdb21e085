import sqlite3

from click.testing import CliRunner

from app import cli


def test_search(tmp_path):
    path = tmp_path / "club.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE members (name, town)")
    conn.execute("INSERT INTO members VALUES (?, ?)", ("Una O'Hara", "Cork"))
    conn.commit()
    conn.close()
    result = CliRunner().invoke(cli, ["--db", str(path), "search", "Hara"])
    assert result.exit_code == 0, result.output
    assert result.output == "Una O'Hara (Cork)\n"
