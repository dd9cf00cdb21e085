import sqlite3

import httpx
from click.testing import CliRunner

from app import expense


def test_expense(tmp_path, monkeypatch):
    conn = sqlite3.connect(tmp_path / "expenses.db")
    conn.execute("CREATE TABLE expenses (number TEXT PRIMARY KEY, amount TEXT, total TEXT)")
    conn.close()
    request = httpx.Request("POST", "https://books.example/expenses")
    monkeypatch.setattr(httpx, "post", lambda url, **options: httpx.Response(201, request=request))
    result = CliRunner().invoke(expense, ["e-1", "10.50", "--db", str(tmp_path / "expenses.db")])
    assert (result.exit_code, result.output) == (0, "e-1: 12.4950\n")
