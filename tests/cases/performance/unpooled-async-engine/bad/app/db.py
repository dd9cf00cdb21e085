import os

from sqlalchemy.ext.asyncio import AsyncSession, create_async_engine

URL = os.environ.get("SHOP_URL", "sqlite+aiosqlite:///shop.db")


async def get_session():
    engine = create_async_engine(URL)
    try:
        async with AsyncSession(engine) as session:
            yield session
    finally:
        await engine.dispose()
