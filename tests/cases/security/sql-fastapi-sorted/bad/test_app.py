import aiosqlite
from fastapi.testclient import TestClient

from app import app, connection


async def filled():
    async with aiosqlite.connect(":memory:") as conn:
        await conn.execute("CREATE TABLE products (name TEXT, cents INTEGER)")
        await conn.execute("INSERT INTO products VALUES ('tea', 320), ('milk', 110)")
        yield conn


def test_products():
    app.dependency_overrides[connection] = filled
    answer = TestClient(app).get("/products", params={"sort": "cents"})
    assert [one["name"] for one in answer.json()] == ["milk", "tea"]
