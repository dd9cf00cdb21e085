"""Notes, kept in a database."""
import logging

import sqlalchemy as sa

log = logging.getLogger(__name__)
metadata = sa.MetaData()
notes = sa.Table("notes", metadata, sa.Column("id", sa.Integer, primary_key=True), sa.Column("text", sa.Text))


class StoreError(Exception):
    pass


class Notes:
    def __init__(self, url):
        self.engine = sa.create_engine(url)

    def add(self, text):
        try:
            with self.engine.begin() as conn:
                conn.execute(notes.insert().values(text=text))
        except sa.exc.SQLAlchemyError as exc:
            log.error("a note was not kept")
            raise StoreError("not kept") from exc
