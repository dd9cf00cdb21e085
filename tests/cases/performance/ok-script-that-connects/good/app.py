import sqlite3
from contextlib import closing

import httpx


def collect(path, urls):
    """Runs once a night."""
    with httpx.Client(timeout=5) as client, closing(sqlite3.connect(path)) as conn:
        texts = [(client.get(url).text,) for url in urls]
        with conn:
            conn.executemany("INSERT INTO pages VALUES (?)", texts)
    return len(texts)
