import contextlib
import sqlite3

import app
from hypothesis import given, settings

from pytest_prodready import strategies


@settings(max_examples=5, deadline=None)
@given(strategies.hostile_text())
def test_what_is_no_column(column):
    conn = sqlite3.connect(":memory:")
    conn.execute("CREATE TABLE people (name TEXT, born INTEGER)")
    with contextlib.suppress(sqlite3.Error, UnicodeError, ValueError):
        assert app.ordered(conn, column) == []
    conn.close()
