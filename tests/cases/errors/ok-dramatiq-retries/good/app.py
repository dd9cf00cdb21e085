"""Thumbnails are counted by an actor."""
import os
import sqlite3
from contextlib import closing

import dramatiq
from dramatiq.brokers.stub import StubBroker

broker = StubBroker()
broker.emit_after("process_boot")
dramatiq.set_broker(broker)


@dramatiq.actor(min_backoff=60_000)
def count(image):
    with closing(sqlite3.connect(os.environ["IMAGES_DB"])) as conn, conn:
        conn.execute("INSERT OR REPLACE INTO images (name, counted) VALUES (?, 1)", (image,))
