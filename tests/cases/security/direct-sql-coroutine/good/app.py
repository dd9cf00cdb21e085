"""Members by city, without waiting for the database."""


async def in_city(conn, city):
    async with conn.execute("SELECT name FROM members WHERE city = ?", (city,)) as found:
        return [name async for (name,) in found]
