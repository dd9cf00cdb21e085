"""A key-value store that uses STRICT tables where SQLite knows them."""
import secrets
import sqlite3


class StoreError(Exception):
    pass


class Store:
    def __init__(self, path):
        self.conn = sqlite3.connect(path)

    def close(self):
        self.conn.close()

    def knows_strict(self):
        name = f"probe_{secrets.token_hex(8)}"
        try:
            with self.conn:
                self.conn.execute(f"CREATE TABLE {name} (n INTEGER) STRICT")
                self.conn.execute(f"DROP TABLE {name}")
        except sqlite3.OperationalError:
            return False
        return True

    def put(self, key, value):
        strict = "STRICT" if self.knows_strict() else ""
        try:
            with self.conn:
                self.conn.execute(f"CREATE TABLE IF NOT EXISTS kv (key TEXT PRIMARY KEY, value TEXT) {strict}")
                self.conn.execute("INSERT OR REPLACE INTO kv VALUES (?, ?)", (key, value))
        except sqlite3.Error as exc:
            raise StoreError(f"{key} was not stored") from exc
        return True


def open_store(path):
    try:
        return Store(path)
    except sqlite3.Error as exc:
        raise StoreError("the store cannot be opened") from exc
