import asyncio
import sqlite3
from contextlib import closing

import pytest

from app import count


@pytest.fixture
def path(tmp_path):
    with closing(sqlite3.connect(tmp_path / "visits.db")) as conn:
        conn.execute("CREATE TABLE visits (page TEXT)")
    return str(tmp_path / "visits.db")


def test_count(path):
    assert asyncio.run(count(path, "home")) == 1
