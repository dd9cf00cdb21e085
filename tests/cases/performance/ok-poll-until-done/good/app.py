import time


def wait_for(conn, job, pause=0.01):
    """Another process does the work; it says in the table when it is done."""
    for _ in range(50):
        state = conn.execute("SELECT state FROM jobs WHERE id = ?", (job,)).fetchone()[0]
        if state == "done":
            return True
        time.sleep(pause)
    return False
