import sqlite3

import pytest

from app import Thermostat


@pytest.fixture
def thermostat(tmp_path):
    path = tmp_path / "home.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE rooms (name TEXT PRIMARY KEY, tenths INTEGER NOT NULL)")
    conn.commit()
    conn.close()
    return Thermostat(path)


@pytest.mark.parametrize(("room", "tenths"), [("kitchen", 195), ("bath", 230)])
def test_set(thermostat, room, tenths):
    assert thermostat.set(room, tenths) == {"room": room, "tenths": tenths}


def test_set_again(thermostat):
    thermostat.set("hall", 180)
    assert thermostat.set("hall", 170) == {"room": "hall", "tenths": 170}
