from sqlalchemy import Column, Index, Integer, MetaData, String, Table

metadata = MetaData()
trips = Table(
    "trips",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("lift", String(8), nullable=False),
    Column("started_at", String(19), nullable=False),
    Column("floors", Integer, nullable=False),
    Index("trips_by_start", "started_at"),
)
