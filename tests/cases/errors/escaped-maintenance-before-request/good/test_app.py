import sqlite3

import pytest

from app import create_app


@pytest.fixture(scope="module")
def client(tmp_path_factory):
    path = tmp_path_factory.mktemp("maintenance") / "site.db"
    conn = sqlite3.connect(path)
    conn.executescript("""
        CREATE TABLE flags (name TEXT PRIMARY KEY, value INTEGER NOT NULL);
        INSERT INTO flags VALUES ('maintenance', 0);
        CREATE TABLE pages (slug TEXT PRIMARY KEY, body TEXT NOT NULL);
        INSERT INTO pages VALUES ('about', 'We sell tea.');
    """)
    conn.close()
    app = create_app(path)
    app.testing = True
    return app.test_client()


def test_page(client):
    response = client.get("/pages/about")
    assert response.status_code == 200
    assert response.json == {"slug": "about", "body": "We sell tea."}


def test_no_page(client):
    assert client.get("/pages/jobs").status_code == 404
