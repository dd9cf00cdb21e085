"""What is kept in PostgreSQL."""

from __future__ import annotations

from psycopg_pool import AsyncConnectionPool

SCHEMA = """
CREATE TABLE IF NOT EXISTS desk_show (id integer PRIMARY KEY, title text NOT NULL, free integer NOT NULL CHECK (free >= 0));
CREATE TABLE IF NOT EXISTS desk_ticket (
    id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY, show_id integer NOT NULL REFERENCES desk_show, seat text NOT NULL
);
"""


class SoldOut(Exception):
    """There is no free seat any more."""


async def shows(pool: AsyncConnectionPool) -> list[dict[str, object]]:
    async with pool.connection() as conn:
        cursor = await conn.execute("SELECT id, title, free FROM desk_show ORDER BY id LIMIT 100")
        return [{"id": number, "title": title, "free": free} for number, title, free in await cursor.fetchall()]


async def sell(pool: AsyncConnectionPool, show: int, seat: str) -> int:
    """One transaction: the seat is taken and the ticket is there, or neither."""
    async with pool.connection() as conn, conn.transaction():
        taken = await conn.execute(
            "UPDATE desk_show SET free = free - 1 WHERE id = %s AND free > 0 RETURNING id", (show,)
        )
        if await taken.fetchone() is None:
            raise SoldOut
        cursor = await conn.execute(
            "INSERT INTO desk_ticket (show_id, seat) VALUES (%s, %s) RETURNING id", (show, seat)
        )
        row = await cursor.fetchone()
        assert row is not None
        return int(row[0])
