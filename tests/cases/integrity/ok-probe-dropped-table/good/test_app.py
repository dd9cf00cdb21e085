from contextlib import closing

from app import open_store


def test_put(tmp_path):
    with closing(open_store(tmp_path / "kv.db")) as store:
        assert store.put("a", "1") is True
        assert store.conn.execute("SELECT value FROM kv WHERE key = 'a'").fetchone() == ("1",)
