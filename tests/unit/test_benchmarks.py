"""What an observed call costs is measured for every library whose calls can be failed."""

from __future__ import annotations

import re
import sys
from pathlib import Path

import pytest

from pytest_prodready.faults import built_in_drivers

BENCHMARKS = Path(__file__).parents[2] / "benchmarks"
#: What is failed without being a call.
NO_CALLS = {"incoming": "a request that comes in", "clock": "the time of a whole run"}


def test_every_seam_has_a_row(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    monkeypatch.delitem(sys.modules, "per_call", raising=False)
    import per_call

    seams = {seam for driver in built_in_drivers() for seam in driver.seams} - NO_CALLS.keys()
    assert {re.sub(r"\W", "_", seam) for seam in seams} <= per_call.CALLS.keys()
    monkeypatch.delitem(sys.modules, "per_call")
