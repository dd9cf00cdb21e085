import sqlite3
from functools import partial

import pytest

from subs.service import Subscriptions


@pytest.fixture
def subscriptions(tmp_path):
    path = tmp_path / "subs.db"
    connection = sqlite3.connect(path)
    connection.execute("CREATE TABLE subscriptions (customer TEXT PRIMARY KEY, starts TEXT NOT NULL, next_bill TEXT NOT NULL)")
    connection.close()
    return Subscriptions(partial(sqlite3.connect, path))
