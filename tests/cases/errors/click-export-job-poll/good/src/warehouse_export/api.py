import logging
import time

import httpx

log = logging.getLogger(__name__)


class ExportFailed(Exception):
    pass


class Warehouse:
    def __init__(self, base_url, poll_every=2.0, patience=120.0):
        self.http = httpx.Client(base_url=base_url, timeout=10)
        self.poll_every = poll_every
        self.patience = patience

    def close(self):
        self.http.close()

    def start(self, table):
        try:
            reply = self.http.post("/exports", json={"table": table})
            reply.raise_for_status()
            return str(reply.json()["job"])
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            raise ExportFailed("the export could not be started") from exc

    def wait(self, job):
        """The number of rows, when the job is done."""
        deadline = time.monotonic() + self.patience
        while time.monotonic() < deadline:
            try:
                reply = self.http.get(f"/exports/{job}")
                reply.raise_for_status()
                state = reply.json()
                if state["state"] == "done":
                    return int(state["rows"])
                if state["state"] == "failed":
                    raise ExportFailed("the warehouse gave up")
            except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
                raise ExportFailed("the state of the export is unknown") from exc
            time.sleep(self.poll_every)
        raise ExportFailed("the export takes too long")
