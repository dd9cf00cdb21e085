import sqlite3

from typer.testing import CliRunner

from app import app


def test_find(tmp_path):
    path = tmp_path / "quotes.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE quotes (author, year, text)")
    conn.execute("INSERT INTO quotes VALUES ('Una', 1999, ?)", ("it's \"so\"; -- 100%",))
    conn.commit()
    conn.close()
    result = CliRunner().invoke(app, ["find", "it's", "100%", "--db", str(path), "--order", "newest"])
    assert result.exit_code == 0, result.output
    assert result.output == "it's \"so\"; -- 100%\n"
