"""Who sweeps what: alone, or with xdist's workers through a folder that they share.

Every worker writes what it observed, waits for the others, computes the same plan and takes its share by hash of the
point. A trial is noted before it starts, so that one that kills its worker is known and never tried again.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from ..observation import Observation
from ..trace import Point
from ..verdicts import TrialResult

POLL = 0.02  # seconds between two looks into the folder
SETTLE = 1.0  # seconds in which xdist replaces a worker that died


class Solo:
    """One process: everything is its own."""

    folder: Path | None = None

    def exchange(self, own: list[Observation], observed: Callable[[], dict[str, Any]]) -> list[Observation]:
        """Give what this process observed (with all else as plain data), get what all did."""
        return own

    def observed(self, part: Callable[[], dict[str, Any]]) -> None:
        """One test has ended: should this worker die, what it showed is not lost."""

    def mine(self, point: Point) -> bool:
        return True

    def started(self, spec: dict[str, Any]) -> None: ...

    def ended(self, result: TrialResult) -> None: ...

    def left_over(self) -> Iterator[Orphan]:
        """Shares of workers that died, to be swept by this one."""
        return iter(())

    def finish(self, summary: dict[str, Any]) -> None: ...


class Orphan:
    """The share of a worker that died: what it had done, and what it died of."""

    def __init__(self, worker: str, results: list[TrialResult], killed: dict[str, Any] | None) -> None:
        self.worker, self.results, self.killed = worker, results, killed


class Folder(Solo):
    """One of several workers with a common folder.

    Args:
        folder: made by xdist's controller.
        worker: this worker's id (`gw0`).
        count: how many workers the run began with.
    """

    def __init__(self, folder: Path, worker: str, count: int) -> None:
        self.folder, self.worker, self.count = folder, worker, count
        self.owner = worker  # whose share is being swept
        (folder / f"pid-{worker}").write_text(str(os.getpid()))
        self._seen = (folder / f"seen-{worker}.jsonl").open("a", encoding="utf-8")
        self._log = (folder / f"trials-{worker}.jsonl").open("a", encoding="utf-8")

    # ------------------------------------------------------------------------------------------------- observations
    def exchange(self, own: list[Observation], observed: Callable[[], dict[str, Any]]) -> list[Observation]:
        assert self.folder is not None
        _write(self.folder / f"observed-{self.worker}.json", observed())
        self._wait("observed", ".json")
        return [Observation.from_json(o) for part in parts_of(self.folder) for o in part["observations"]]

    def observed(self, part: Callable[[], dict[str, Any]]) -> None:
        self._seen.write(json.dumps(part()) + "\n")
        self._seen.flush()

    def _wait(self, stage: str, suffix: str) -> None:
        """Until every living worker has got to `stage`; xdist may still be replacing one that just died."""
        assert self.folder is not None
        settled = time.monotonic()
        known: set[str] = set()
        while True:
            living = {worker for worker in self._expected() if not self._dead(worker)}
            if living != known:
                known, settled = living, time.monotonic()
            ready = all((self.folder / f"{stage}-{worker}{suffix}").exists() for worker in living)
            died = len(self._expected()) > len(living)
            if ready and (not died or time.monotonic() - settled > SETTLE):
                return
            time.sleep(POLL)

    def _expected(self) -> set[str]:
        assert self.folder is not None
        return {path.name.split("-", 1)[1] for path in self.folder.glob("expected-*")}

    def _dead(self, worker: str) -> bool:
        assert self.folder is not None
        if (self.folder / f"dead-{worker}").exists():
            return True
        try:
            pid = int((self.folder / f"pid-{worker}").read_text())
        except (OSError, ValueError):
            return False  # it is still starting
        return not (self.folder / f"finished-{worker}").exists() and not _alive(pid)

    # ------------------------------------------------------------------------------------------------------ trials
    def mine(self, point: Point) -> bool:
        number = int(hashlib.sha256(repr(point).encode()).hexdigest()[:8], 16) % self.count
        return f"gw{number}" == self.owner

    def started(self, spec: dict[str, Any]) -> None:
        self._note({"owner": self.owner, "started": spec})

    def ended(self, result: TrialResult) -> None:
        self._note({"owner": self.owner, "result": result.to_json()})

    def _note(self, line: dict[str, Any]) -> None:
        self._log.write(json.dumps(line) + "\n")
        self._log.flush()

    def left_over(self) -> Iterator[Orphan]:
        assert self.folder is not None
        (self.folder / f"swept-{self.worker}").touch()
        while True:
            self._wait("swept", "")
            orphans = [
                f"gw{n}"
                for n in range(self.count)
                if self._dead(f"gw{n}") and not (self.folder / f"swept-gw{n}").exists() and self._adopt(f"gw{n}")
            ]
            if not orphans:
                return
            (self.folder / f"swept-{self.worker}").unlink(missing_ok=True)
            for worker in orphans:
                self.owner = worker
                results, killed = results_of(self.folder, worker)
                yield Orphan(worker, results, killed)
                (self.folder / f"swept-{worker}").touch()
            self.owner = self.worker
            (self.folder / f"swept-{self.worker}").touch()

    def _adopt(self, worker: str) -> bool:
        """Whether this worker is the one that sweeps what is left; it may die of it too, and be followed."""
        assert self.folder is not None
        heir = self.folder / f"heir-{worker}"
        try:
            before = heir.read_text()
        except OSError:
            before = ""
        if before and not self._dead(before):
            return before == self.worker
        mark = self.folder / f"heir-{worker}-after-{before}"
        try:
            os.close(os.open(mark, os.O_CREAT | os.O_EXCL))
        except FileExistsError:
            return False
        heir.write_text(self.worker)
        return True

    def finish(self, summary: dict[str, Any]) -> None:
        assert self.folder is not None
        _write(self.folder / f"summary-{self.worker}.json", summary)
        (self.folder / f"finished-{self.worker}").touch()
        self._log.close()
        self._seen.close()


def parts_of(folder: Path) -> list[dict[str, Any]]:
    """What all workers observed; of one that died, what it wrote down test by test."""
    parts = {path.stem.split("-", 1)[1]: [json.loads(path.read_text())] for path in folder.glob("observed-*.json")}
    for path in folder.glob("seen-*.jsonl"):
        worker = path.stem.split("-", 1)[1]
        if worker not in parts:
            parts[worker] = list(_lines(path))
    return [part for worker in sorted(parts) for part in parts[worker]]


def _lines(path: Path) -> Iterator[dict[str, Any]]:
    for text in path.read_text(encoding="utf-8").splitlines():
        with contextlib.suppress(ValueError):  # cut off when its worker died
            yield json.loads(text)


def results_of(folder: Path, owner: str | None = None) -> tuple[list[TrialResult], dict[str, Any] | None]:
    """(results, the trial that was started last and never ended) of one owner's share, or of all."""
    results: dict[str, TrialResult] = {}
    open_trials: dict[str, dict[str, Any]] = {}
    for path in sorted(folder.glob("trials-*.jsonl")):
        for line in _lines(path):
            if owner is not None and line["owner"] != owner:
                continue
            if "started" in line:
                open_trials[line["started"]["id"]] = line["started"]
            else:
                result = TrialResult.from_json(line["result"])
                results[result.id] = result
    left = [spec for key, spec in open_trials.items() if key not in results]
    return list(results.values()), left[-1] if left else None


def _write(path: Path, data: dict[str, Any]) -> None:
    """At once or not at all: others are waiting for it."""
    temporary = path.with_suffix(".tmp")
    temporary.write_text(json.dumps(data), encoding="utf-8")
    temporary.replace(path)


def _alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    try:  # a dead child that nobody has waited for is still there
        return " Z " not in Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2][:3]
    except OSError:
        return True
