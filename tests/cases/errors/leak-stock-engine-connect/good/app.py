from sqlalchemy import create_engine, text
from sqlalchemy.exc import SQLAlchemyError


class StockError(Exception):
    pass


class Stock:
    def __init__(self, url):
        self.engine = create_engine(url)
        with self.engine.begin() as conn:
            conn.execute(text("CREATE TABLE IF NOT EXISTS stock (item TEXT PRIMARY KEY, pieces INT)"))

    def put(self, item, pieces):
        try:
            with self.engine.begin() as conn:
                conn.execute(text("INSERT INTO stock VALUES (:item, :pieces)"), {"item": item, "pieces": pieces})
        except SQLAlchemyError as exc:
            raise StockError(f"{item} was not put on stock") from exc
