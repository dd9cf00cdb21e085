"""xdist: what its controller gives to workers and takes from them. Workers among themselves: `sweep/share.py`."""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from pathlib import Path
from typing import Any

import pytest

from .sweep.share import Folder, Solo, parts_of, results_of
from .verdicts import TrialResult

INPUT = "prodready"  # our key in xdist's input and output of a worker


class Workers:
    """The folder that workers share, as their controller sees it.

    Attributes:
        folder: None until there is a worker, and in every other process.
    """

    def __init__(self, config: pytest.Config) -> None:
        self.config = config
        self.folder: Path | None = None

    @property
    def is_worker(self) -> bool:
        return hasattr(self.config, "workerinput")

    @property
    def is_controller(self) -> bool:
        """It runs no test itself."""
        return (
            not self.is_worker
            and getattr(self.config.option, "dist", "no") != "no"
            and self.config.pluginmanager.has_plugin("dsession")
        )

    def share(self) -> Solo:
        """This process's part of the sweep."""
        if self.is_worker:
            given = self.config.workerinput  # type: ignore[attr-defined]
            if given.get(INPUT) and os.path.isdir(given[INPUT]):
                return Folder(Path(given[INPUT]), given["workerid"], int(given["workercount"]))
        return Solo()

    def _made(self) -> Path:
        if self.folder is None:
            self.folder = Path(tempfile.mkdtemp(prefix="prodready-"))
        return self.folder

    def started(self, node: Any) -> None:
        """Tell a worker where the folder is."""
        folder = self._made()
        (folder / f"expected-{node.workerinput['workerid']}").touch()
        node.workerinput[INPUT] = str(folder)

    def ended(self, node: Any) -> None:
        """A worker has ended, or died."""
        worker = node.workerinput["workerid"]
        output = getattr(node, "workeroutput", None) or {}
        if self.folder is None and INPUT not in output:
            return
        folder = self._made()
        if (folder / f"finished-{worker}").exists():
            return
        if INPUT not in output:
            (folder / f"dead-{worker}").touch()
            return
        alone = json.loads(output[INPUT])  # it had no folder of ours
        (folder / f"observed-{worker}.json").write_text(json.dumps(alone["observed"]))
        (folder / f"summary-{worker}.json").write_text(json.dumps(alone["summary"]))
        lines = [json.dumps({"owner": worker, "result": result}) for result in alone["results"]]
        (folder / f"trials-{worker}.jsonl").write_text("\n".join(lines))

    def tell(self, observed: dict[str, Any], summary: dict[str, Any], results: list[TrialResult]) -> None:
        """Of a worker without a folder: give everything to the controller at the end."""
        alone = {"observed": observed, "summary": summary, "results": [r.to_json() for r in results]}
        self.config.workeroutput[INPUT] = json.dumps(alone)  # type: ignore[attr-defined]

    def taken(self) -> tuple[list[dict[str, Any]], list[dict[str, Any]], list[TrialResult]] | None:
        """(what each observed, their summaries, results); None in a process without workers. Removes the folder."""
        if self.folder is None or not self.is_controller:
            return None
        summaries = [json.loads(p.read_text()) for p in sorted(self.folder.glob("summary-*.json"))]
        if any(self.folder.glob("dead-*")):
            summaries.append({"notes": [], "lacks": ["a worker died"], "internal_errors": []})
        found = parts_of(self.folder), summaries, results_of(self.folder)[0]
        self.remove()
        return found

    def remove(self) -> None:
        if self.folder is not None:
            shutil.rmtree(self.folder, ignore_errors=True)
