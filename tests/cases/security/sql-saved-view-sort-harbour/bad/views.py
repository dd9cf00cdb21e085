"""Saved views: how a harbour master likes the list of berths sorted."""
import secrets

from pydantic import BaseModel, Field
from sqlalchemy import Column, Integer, MetaData, String, Table, insert, select, text

metadata = MetaData()
saved_views = Table(
    "saved_views",
    metadata,
    Column("id", String(16), primary_key=True),
    Column("title", String(40), nullable=False),
    Column("sort", String(60), nullable=False),
)
calls = Table(
    "calls",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("ship", String(40), nullable=False, index=True),
    Column("berth", String(10), nullable=False, index=True),
    Column("tonnage", Integer, nullable=False, index=True),
)


class NewView(BaseModel):
    title: str = Field(min_length=1, max_length=40)
    sort: str = Field(pattern=r"^(ship|berth|tonnage)( (ASC|DESC))?", max_length=60)


async def save_view(conn, view):
    view_id = secrets.token_hex(8)
    await conn.execute(insert(saved_views).values(id=view_id, title=view.title, sort=view.sort))
    return view_id


async def sort_of_view(conn, view_id):
    query = select(saved_views.c.sort).where(saved_views.c.id == view_id)
    return (await conn.execute(query)).scalar()


async def sorted_calls(conn, sort):
    return (await conn.execute(text(f"SELECT ship, berth, tonnage FROM calls ORDER BY {sort} LIMIT 500"))).all()
