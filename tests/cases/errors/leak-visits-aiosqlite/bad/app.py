import sqlite3

import aiosqlite


class NotCounted(Exception):
    pass


async def count(path, page):
    """Count a visit; gives the number of visits so far."""
    try:
        db = await aiosqlite.connect(path)
        await db.execute("INSERT INTO visits VALUES (?)", (page,))
        await db.commit()
        cursor = await db.execute("SELECT count(*) FROM visits WHERE page = ?", (page,))
        row = await cursor.fetchone()
        await db.close()
    except sqlite3.Error as exc:
        raise NotCounted(page) from exc
    return row[0]
