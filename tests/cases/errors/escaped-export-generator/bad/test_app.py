import sqlite3

import pytest

from app import app


@pytest.fixture
def client(tmp_path):
    path = tmp_path / "readings.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE readings (station, value)")
    conn.executemany("INSERT INTO readings VALUES (?, ?)", [("north", 3.5), ("south", 4.25)])
    conn.commit()
    conn.close()
    app.config["DATABASE"] = str(path)
    return app.test_client()


def test_export(client):
    response = client.get("/readings.csv")
    assert response.status_code == 200
    assert response.text == "station,value\nnorth,3.5\nsouth,4.25\n"
