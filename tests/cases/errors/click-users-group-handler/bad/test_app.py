import sqlite3

import pytest
from click.testing import CliRunner

from app import users


@pytest.fixture
def invoke(tmp_path):
    path = tmp_path / "users.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE users (name TEXT PRIMARY KEY)")
    conn.commit()
    conn.close()
    runner = CliRunner()

    def invoke(*args):
        return runner.invoke(users, ["--db", str(path), *args])

    return invoke


def test_create(invoke):
    assert invoke("create", "ada").output == "created ada\n"
    assert invoke("create", "bob").exit_code == 0
    assert invoke("list").output == "ada\nbob\n"
