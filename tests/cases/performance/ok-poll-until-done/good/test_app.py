import sqlite3
import threading

import app


def test_wait_for(tmp_path):
    path = tmp_path / "jobs.db"
    conn = sqlite3.connect(path)
    conn.execute("CREATE TABLE jobs (id INTEGER PRIMARY KEY, state TEXT)")
    conn.execute("INSERT INTO jobs VALUES (1, 'new')")
    conn.commit()

    def work():
        other = sqlite3.connect(path)
        other.execute("UPDATE jobs SET state = 'done'")
        other.commit()
        other.close()

    timer = threading.Timer(0.08, work)
    timer.start()
    assert app.wait_for(conn, 1)
    timer.join()
    conn.close()
