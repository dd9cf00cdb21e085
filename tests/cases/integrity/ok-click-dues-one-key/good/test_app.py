import sqlite3

import pytest
from click.testing import CliRunner

from app import collect


@pytest.fixture
def path(tmp_path):
    path = str(tmp_path / "club.db")
    conn = sqlite3.connect(path)
    conn.executescript("""
        CREATE TABLE members (name TEXT PRIMARY KEY, cents INTEGER NOT NULL, paid INTEGER NOT NULL);
        INSERT INTO members VALUES ('ada', 6000, 2024), ('bob', 4000, 2024), ('cy', 4000, 2025);
    """)
    conn.close()
    return path


def test_collects(path, payment_api):
    result = CliRunner().invoke(collect, [path, payment_api.url, "2025"])
    assert result.exit_code == 0
    assert result.output == "collected from 2\n"
    assert payment_api.paid(customer="ada") == (1, 6000)
    assert payment_api.paid() == (2, 10000)
    assert CliRunner().invoke(collect, [path, payment_api.url, "2025"]).output == "collected from 0\n"
    assert payment_api.paid() == (2, 10000)
