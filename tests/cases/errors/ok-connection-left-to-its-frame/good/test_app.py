import sqlite3, pytest
from app import app
@pytest.fixture
def client(tmp_path, monkeypatch):
    monkeypatch.setenv("DBX", str(tmp_path/"x.db"))
    c = sqlite3.connect(tmp_path/"x.db"); c.execute("CREATE TABLE t (a)"); c.commit(); c.close()
    return app.test_client()
def test_add(client):
    assert client.post("/add").status_code == 200
