"""Files that are, after an attack, as they were before: what an application writes at a place of its own is written on the way."""

from __future__ import annotations

import contextlib
import os
import shutil
import stat

#: More than so many bytes are not kept: then the file is not touched either.
LARGEST = 16 << 20


class Kept:
    """What was there before, of each path that was written to."""

    def __init__(self) -> None:
        self._before: dict[str, bytes | None] = {}  # None: there was nothing
        self._lengths: dict[str, int] = {}  # of those that only grow

    def keep(self, path: str, grows: bool = False) -> bool:
        """Remember what there is at this path.

        Args:
            grows: what is there stays, and more comes behind it.

        Returns:
            whether it can be brought back.
        """
        path = os.path.abspath(path)
        if path in self._before:
            return True
        try:
            found = os.lstat(path)
        except FileNotFoundError:
            if path not in self._lengths:
                self._before[path] = None
            return True
        except (OSError, ValueError):
            return True  # nobody can write there
        if stat.S_ISDIR(found.st_mode) or not stat.S_ISREG(found.st_mode):
            return not stat.S_ISLNK(found.st_mode)  # a folder is not made again; a pipe or a device keeps nothing
        if grows:
            self._lengths.setdefault(path, found.st_size)
            return True
        if found.st_size > LARGEST:
            return False
        with open(path, "rb") as file:
            content = file.read()
        self._before[path] = content[: self._lengths.pop(path, len(content))]
        return True

    def is_new(self, path: str) -> bool:
        """Whether there was nothing at this path before."""
        return self._before.get(os.path.abspath(path), b"") is None

    def restore(self) -> None:
        """Bring it all back, what was made last first."""
        for path, length in self._lengths.items():
            with contextlib.suppress(OSError):
                os.truncate(path, length)
        for path, content in reversed(self._before.items()):
            with contextlib.suppress(OSError, ValueError):
                if content is not None:
                    with open(path, "wb") as file:
                        file.write(content)
                elif os.path.isdir(path) and not os.path.islink(path):
                    shutil.rmtree(path)
                else:
                    os.remove(path)
        self._before.clear()
        self._lengths.clear()
