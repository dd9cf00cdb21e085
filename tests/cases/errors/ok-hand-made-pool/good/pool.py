"""Three connections are enough for everybody."""
import queue
import sqlite3
from contextlib import contextmanager


class PoolBusy(Exception):
    pass


class Pool:
    def __init__(self, path, size=3):
        self.path = path
        self._slots = queue.LifoQueue()
        for _ in range(size):
            self._slots.put(None)  # opened when it is needed

    @contextmanager
    def connection(self):
        try:
            conn = self._slots.get(timeout=2)
        except queue.Empty:
            raise PoolBusy("all connections are in use") from None
        try:
            if conn is None:
                conn = sqlite3.connect(self.path, timeout=3, check_same_thread=False)
            yield conn
            conn.commit()
        except BaseException:
            # whatever it was: do not trust the connection again
            if conn is not None:
                conn.close()
                conn = None
            raise
        finally:
            self._slots.put(conn)

    def close(self):
        for _ in range(self._slots.qsize()):
            conn = self._slots.get_nowait()
            if conn is not None:
                conn.close()
            self._slots.put(None)
