"""Levels of a river, read from all stations at once by a few threads."""
import logging
import queue
import threading
from dataclasses import dataclass

from gauge import GaugeError

log = logging.getLogger("river")
WORKERS = 3


@dataclass(frozen=True)
class Survey:
    levels: dict
    silent: tuple

    def above(self, cm):
        return sorted(s for s, level in self.levels.items() if level is not None and level > cm)


class Surveyor:
    def __init__(self, gauge, workers=WORKERS):
        self.gauge = gauge
        self.workers = workers
        self.pending = queue.Queue()
        self.levels = {}

    def _work(self):
        while (station := self.pending.get()) is not None:
            try:
                self.levels[station] = self.gauge.level(station)
            except GaugeError as exc:
                log.warning("station %s: %s", station, exc)
                self.levels[station] = None
                continue
            self.pending.task_done()
        self.pending.task_done()

    def run(self, stations):
        threads = [threading.Thread(target=self._work, daemon=True) for _ in range(self.workers)]
        for thread in threads:
            thread.start()
        for station in stations:
            self.pending.put(station)
        for _ in threads:
            self.pending.put(None)
        self.pending.join()
        silent = tuple(sorted(s for s, level in self.levels.items() if level is None))
        if silent:
            log.error("%d of %d stations gave no level", len(silent), len(self.levels))
        return Survey(dict(self.levels), silent)
