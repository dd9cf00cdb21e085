"""What is printed while a test's body runs: part of how a command ended."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from typing import Any

#: Characters of each stream that are kept.
LIMIT = 256 * 1024


class _Tee:
    """Passes everything on to a stream, and keeps what is written."""

    def __init__(self, stream: Any, kept: list[str]) -> None:
        self._stream, self._kept, self._size = stream, kept, 0

    def write(self, text: str) -> Any:
        if isinstance(text, str) and self._size < LIMIT:
            self._kept.append(text)
            self._size += len(text)
        return self._stream.write(text)

    def writelines(self, lines: Iterable[str]) -> None:
        for line in lines:
            self.write(line)

    def __iter__(self) -> Iterator[Any]:
        return iter(self._stream)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._stream, name)


class Output:
    """Listens to stdout and stderr within `running`."""

    def __init__(self) -> None:
        self._kept: tuple[list[str], list[str]] = ([], [])

    def mark(self) -> tuple[int, int]:
        """Where the output stands now, in pieces of each stream."""
        return len(self._kept[0]), len(self._kept[1])

    def since(self, mark: tuple[int, int]) -> tuple[str, str]:
        """What was written to stdout and stderr since `mark`."""
        return "".join(self._kept[0][mark[0] :]), "".join(self._kept[1][mark[1] :])

    @contextmanager
    def running(self) -> Iterator[None]:
        self._kept = [], []
        before = sys.stdout, sys.stderr
        mine = _Tee(before[0], self._kept[0]), _Tee(before[1], self._kept[1])
        sys.stdout, sys.stderr = mine
        try:
            yield
        finally:
            if sys.stdout is mine[0]:  # a test may have put another in its place
                sys.stdout = before[0]
            if sys.stderr is mine[1]:
                sys.stderr = before[1]
