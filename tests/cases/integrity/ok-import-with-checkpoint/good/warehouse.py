"""Meter readings of a district heating network. Each portion is committed with the position that was reached."""
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select, update
from sqlalchemy.exc import SQLAlchemyError

metadata = MetaData()
readings = Table(
    "readings",
    metadata,
    Column("meter", String(12), primary_key=True),
    Column("hour", Integer, primary_key=True),
    Column("wh", Integer, nullable=False),
)
positions = Table(
    "positions", metadata, Column("source", String(20), primary_key=True), Column("line", Integer, nullable=False)
)


class Warehouse:
    def __init__(self, url):
        self.engine = create_engine(url)
        try:
            metadata.create_all(self.engine)
        except SQLAlchemyError:
            self.close()
            raise

    def close(self):
        self.engine.dispose()

    def position(self, source):
        with self.engine.connect() as conn:
            return conn.scalar(select(positions.c.line).where(positions.c.source == source)) or 0

    def load(self, source, rows, line):
        with self.engine.begin() as conn:
            conn.execute(insert(readings), rows)
            moved = conn.execute(update(positions).where(positions.c.source == source).values(line=line))
            if moved.rowcount == 0:
                conn.execute(insert(positions), {"source": source, "line": line})
