import sqlite3

import respx
from click.testing import CliRunner

from app import NETWORK, load


@respx.mock
def test_load(tmp_path):
    conn = sqlite3.connect(tmp_path / "cards.db")
    conn.execute("CREATE TABLE cards (number TEXT PRIMARY KEY, balance NUMERIC, balance_cents INTEGER)")
    conn.execute("INSERT INTO cards VALUES ('c-1', 0, 0)")
    conn.commit()
    conn.close()
    respx.post(NETWORK).respond(202)
    result = CliRunner().invoke(load, ["c-1", "12.75", "--db", str(tmp_path / "cards.db")])
    assert (result.exit_code, result.output) == (0, "c-1: +12.75\n")
