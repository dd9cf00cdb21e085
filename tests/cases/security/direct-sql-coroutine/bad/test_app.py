import asyncio

import aiosqlite

import app

SCHEMA = """
    CREATE TABLE members (id INTEGER PRIMARY KEY, name TEXT, city TEXT);
    CREATE INDEX members_city ON members (city);
    INSERT INTO members (name, city) VALUES ('Ada', 'London'), ('Grace', 'Arlington');
"""


async def asked(city):
    async with aiosqlite.connect(":memory:") as conn:
        await conn.executescript(SCHEMA)
        return await app.in_city(conn, city)


def test_in_city():
    assert asyncio.run(asked("London")) == ["Ada"]
