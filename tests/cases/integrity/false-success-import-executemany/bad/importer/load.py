import re
import sqlite3
from contextlib import closing

LINE = re.compile("([A-Z][0-9]{1,4});([0-9]{1,8})")
UPSERT = "INSERT INTO prices (article, cents) VALUES (?, ?) ON CONFLICT (article) DO UPDATE SET cents = excluded.cents"


class ImportFailed(Exception):
    pass


def load(path, lines):
    rows, skipped = [], []
    for line in lines:
        match = LINE.fullmatch(line)
        if match:
            rows.append((match[1], int(match[2])))
        else:
            skipped.append(line)
    try:
        with closing(sqlite3.connect(path)) as conn, conn:
            conn.executemany(UPSERT, rows)
    except sqlite3.Error as exc:
        print("import:", exc)
    return {"read": len(lines), "stored": len(rows), "skipped": skipped}
