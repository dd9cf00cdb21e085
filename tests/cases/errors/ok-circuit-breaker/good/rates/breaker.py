import threading
import time


class Open(Exception):
    """The last calls failed: this one is not made."""


class Breaker:
    def __init__(self, limit, pause, clock=time.monotonic):
        self.limit, self.pause, self.clock = limit, pause, clock
        self.failures, self.until = 0, None
        self.lock = threading.Lock()

    def __enter__(self):
        with self.lock:
            if self.until is not None and self.clock() < self.until:
                raise Open()
        return self

    def __exit__(self, kind, exc, traceback):
        with self.lock:
            if kind is None:
                self.failures, self.until = 0, None
            else:
                self.failures += 1
                if self.failures >= self.limit:
                    self.until = self.clock() + self.pause
        return False
