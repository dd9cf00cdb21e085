import math
import threading
import time


class LoginLimiter:
    """Five failures in a quarter of an hour, by member and by host."""

    allowed = 5
    window = 900
    most_keys = 10_000

    def __init__(self):
        self._failures = {}
        self._lock = threading.Lock()

    def _recent(self, key):
        since = time.monotonic() - self.window
        return [at for at in self._failures.get(key, ()) if at > since]

    def wait(self, *keys):
        """Seconds until the next attempt; 0 is now."""
        with self._lock:
            full = [recent for key in keys if len(recent := self._recent(key)) >= self.allowed]
        if not full:
            return 0
        return max(1, math.ceil(max(recent[0] for recent in full) + self.window - time.monotonic()))

    def failed(self, *keys):
        with self._lock:
            if len(self._failures) >= self.most_keys:
                self._failures = {key: recent for key in self._failures if (recent := self._recent(key))}
            for key in keys:
                self._failures[key] = [*self._recent(key), time.monotonic()][-self.allowed :]
