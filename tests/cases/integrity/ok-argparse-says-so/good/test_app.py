import sqlite3

from app import main


def test_convert(tmp_path, capsys):
    path = tmp_path / "history.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE history (celsius REAL NOT NULL)")
    conn.commit()
    conn.close()
    assert main(["20", "--history", str(path)]) == 0
    assert capsys.readouterr().out == "68\n"


def test_convert_without_history(capsys):
    assert main(["-40"]) == 0
    assert capsys.readouterr().out == "-40\n"
