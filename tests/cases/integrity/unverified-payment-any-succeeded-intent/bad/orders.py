from sqlalchemy import String, select, update
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column


class Base(DeclarativeBase):
    pass


class Order(Base):
    __tablename__ = "orders"
    id: Mapped[int] = mapped_column(primary_key=True)
    plants: Mapped[str] = mapped_column(String(80))
    total_cents: Mapped[int]
    intent: Mapped[str | None] = mapped_column(String(60))


class Orders:
    def __init__(self, engine):
        self.engine = engine

    async def total(self, order_id):
        async with self.engine.connect() as conn:
            return await conn.scalar(select(Order.total_cents).where(Order.id == order_id))

    async def mark_paid(self, order_id, intent_id):
        async with self.engine.begin() as conn:
            await conn.execute(update(Order).where(Order.id == order_id).values(intent=intent_id))
