"""`--prodready-update-advisories`: take a snapshot in, say what came in, and run no test."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from .dependencies.advisories import Broken, take_in
from .settings import Settings


def update(config: pytest.Config, source: str) -> int:
    """The exit code.

    Raises:
        pytest.UsageError: for a source that cannot be taken in; the old snapshot stays.
    """
    name = str(config.getini("prodready_advisories") or Settings.advisories)
    given = source if "://" in source else str(config.invocation_params.dir / Path(os.path.expanduser(source)))
    try:
        found = take_in(given, config.rootpath / name)
    except Broken as exc:
        raise pytest.UsageError(f"--prodready-update-advisories={source}: {exc}") from None
    except OSError as exc:
        raise pytest.UsageError(f"{name} cannot be written: {exc}") from None
    print(f"{name}: {len(found.records)} advisories of {found.date}, from {source}, sha256 {found.sha256}")
    return 0
