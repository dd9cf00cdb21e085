import sqlite3

import dramatiq
import pytest

from app import broker, count


@pytest.fixture
def path(tmp_path, monkeypatch):
    path = tmp_path / "images.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE images (name TEXT PRIMARY KEY, counted INTEGER NOT NULL)")
    conn.commit()
    conn.close()
    monkeypatch.setenv("IMAGES_DB", str(path))
    return path


@pytest.fixture
def worker(path):
    broker.flush_all()
    worker = dramatiq.Worker(broker, worker_timeout=50)
    worker.start()
    yield worker
    worker.stop()


def test_count(path, worker):
    count.send("a.png")
    broker.join(count.queue_name)
    worker.join()
    conn = sqlite3.connect(path)
    assert conn.execute("SELECT name FROM images").fetchall() == [("a.png",)]
    conn.close()
