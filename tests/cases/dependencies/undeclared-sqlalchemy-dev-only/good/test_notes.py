import sqlalchemy as sa

import notes


def test_add(tmp_path):
    kept = notes.Notes(f"sqlite:///{tmp_path}/notes.db")
    notes.metadata.create_all(kept.engine)
    kept.add("milk")
    with kept.engine.connect() as conn:
        assert conn.scalar(sa.select(notes.notes.c.text)) == "milk"
