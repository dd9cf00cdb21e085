import sqlite3

import app


def test_write_waits_for_the_lock(tmp_path):
    path = tmp_path / "notes.db"
    other = sqlite3.connect(path)
    other.execute("CREATE TABLE notes (note, late)")
    other.commit()
    other.execute("INSERT INTO notes VALUES ('other', 0)")
    waited = []

    def wait(pause):
        waited.append(pause)
        if len(waited) == 3:
            other.commit()

    assert app.write(path, "mine", wait)
    assert len(waited) == 3
    other.close()
