"""Export of a seismograph's samples: one thread reads, the caller packs."""
import logging
import queue
import sqlite3
import struct
import threading

log = logging.getLogger("seismo.export")
DONE = object()
SCHEMA = "CREATE TABLE samples (station INTEGER, at INTEGER, value INTEGER, PRIMARY KEY (station, at)) WITHOUT ROWID"


class ExportError(Exception):
    pass


class Reader(threading.Thread):
    """Reads blocks of samples ahead of the packer, at most `ahead` blocks."""

    def __init__(self, database, station, block=100, ahead=4):
        super().__init__(daemon=True)
        self.database = database
        self.station = station
        self.block = block
        self.blocks = queue.Queue(maxsize=ahead)
        self.failed = False

    def run(self):
        try:
            self._read()
            self.blocks.put(DONE)
        except sqlite3.Error as exc:
            self.failed = True
            log.error("samples cannot be read: %s", type(exc).__name__)

    def _read(self):
        conn = sqlite3.connect(self.database, timeout=5)
        try:
            after = -1
            while True:
                rows = conn.execute(
                    "SELECT at, value FROM samples WHERE station = ? AND at > ? ORDER BY at LIMIT ?",
                    (self.station, after, self.block),
                ).fetchall()
                if not rows:
                    break
                self.blocks.put(rows)
                after = rows[-1][0]
        finally:
            conn.close()


def export(database, station, block=100):
    """All samples of a station as packed (time, value) pairs."""
    reader = Reader(str(database), station, block)
    reader.start()
    packed = bytearray()
    while (rows := reader.blocks.get()) is not DONE:
        for at, value in rows:
            packed += struct.pack(">qi", at, value)
    reader.join()
    if reader.failed:
        raise ExportError("the samples cannot be read")
    return bytes(packed)
