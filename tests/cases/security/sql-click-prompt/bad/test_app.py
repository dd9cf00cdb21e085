import sqlite3

from click.testing import CliRunner

from app import ask


def test_ask(tmp_path):
    path = str(tmp_path / "visits.db")
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE visits (name, day)")
    conn.execute("INSERT INTO visits VALUES ('Una', 'Monday')")
    conn.commit()
    conn.close()
    result = CliRunner().invoke(ask, ["--db", path], input="una\n")
    assert result.output.endswith("Monday\n")
