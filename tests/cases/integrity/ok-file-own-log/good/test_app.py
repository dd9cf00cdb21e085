import sqlite3

import pytest

from app import create


@pytest.fixture
def client(tmp_path):
    conn = sqlite3.connect(tmp_path / "shop.db")
    conn.execute("CREATE TABLE visit (page TEXT)")
    conn.close()
    return create(str(tmp_path)).test_client()


def test_visit(client):
    assert client.get("/pages/home").get_json() == {"page": "home"}
