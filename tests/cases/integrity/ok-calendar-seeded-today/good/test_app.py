import sqlite3
from datetime import date

import pytest

from app import Canteen


@pytest.fixture
def canteen(tmp_path):
    path = tmp_path / "menu.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE menu (day TEXT PRIMARY KEY, dish TEXT NOT NULL)")
    conn.execute("INSERT INTO menu VALUES (?, 'soup')", (date.today().isoformat(),))
    conn.commit()
    conn.close()
    return Canteen(path)


def test_today(canteen):
    assert canteen.today() == "soup"


def test_week(canteen):
    assert canteen.week()[date.today().weekday()] == "soup"
