"""Which files are source, which are tests; stacks to sites and paths."""

from __future__ import annotations

import fnmatch
import inspect
import json
import os
import re
import weakref
from collections.abc import Iterable, Iterator, Sequence
from importlib import metadata
from importlib.util import find_spec
from pathlib import Path
from types import FrameType, TracebackType
from typing import Any
from urllib.parse import unquote, urlsplit

import pytest

from . import raised
from .declared import Declared, Walk
from .frames import (
    LAZY,
    NOBODY,
    RUNS_FOR,
    UNPACKS,
    Activation,
    Code,
    activation_of,
    back_of,
    greenlet_below,
    greenlet_parent,
)
from .settings import Settings
from .trace import ErrorInfo, Place, Site, Stack

PLUGIN = os.path.dirname(os.path.abspath(__file__)) + os.sep
#: Folders that never hold the user's own code.
FOREIGN_FOLDERS = frozenset(
    {
        "site-packages",
        "dist-packages",
        "node_modules",
        "venv",
        "env",
        "build",
        "dist",
        "__pycache__",
        "__pypackages__",
    }
)
TEST_FOLDERS = frozenset({"tests", "test"})
TOOLING = frozenset({"setup.py", "noxfile.py", "conftest.py"})
#: Where Django's `startapp` puts the tests of an application.
TEST_FILES = frozenset({"conftest.py", "tests.py"})


def _files_of_sql(base: str) -> Iterator[Path]:
    for folder, folders, names in os.walk(base):
        folders[:] = sorted(f for f in folders if f not in FOREIGN_FOLDERS and not f.startswith("."))
        yield from (Path(folder, name) for name in sorted(names) if name.endswith(".sql"))


class SourceMap:
    """Tells source from tests from everything else.

    Args:
        root: the project's root directory.
        explicit: files and folders that the user named as source; empty for the project's own importable files.
        test_patterns: pytest's `python_files`.
        extra: more folders that hold source (editable installs of the project).
        declared: (module, function) of what the user declared an entry; globs.
    """

    def __init__(
        self,
        root: Path,
        explicit: Sequence[Path] = (),
        test_patterns: Iterable[str] = ("test_*.py", "*_test.py"),
        extra: Sequence[Path] = (),
        declared: Sequence[tuple[str, str]] = (),
    ) -> None:
        self.root = os.path.realpath(root)
        self.explicit = [os.path.realpath(path) for path in explicit]
        self.extra = [os.path.realpath(path) for path in extra]
        self.test_patterns = tuple(test_patterns)
        self._known: dict[str, tuple[str, str]] = {}
        self._codes: dict[int, Code] = {}  # by `id`, which a Code keeps
        self._paths: dict[tuple[Place, ...], tuple[Site, ...]] = {}
        self._declarations: weakref.WeakKeyDictionary[Any, tuple[Place | None]] = weakref.WeakKeyDictionary()
        self.seen_source = False
        self._text: str | None = None  # of all files, once somebody asks what is written in them
        self.declared = Declared(declared) if declared else None

    # ----------------------------------------------------------------------------------------------------- files
    def classify(self, filename: str) -> tuple[str, str]:
        """(`source`, `test`, `plugin` or `other`; the path relative to the root)."""
        known = self._known.get(filename)
        if known is None:
            known = self._known[filename] = self._classify(filename)
            self.seen_source = self.seen_source or known[0] == "source"
        return known

    def _classify(self, filename: str) -> tuple[str, str]:
        if filename.startswith(PLUGIN):
            return "plugin", ""
        if filename.startswith("<"):
            return "other", ""
        path = os.path.realpath(filename)
        for base in (self.root, *self.extra, *self.explicit):
            if path == base or path.startswith(base + os.sep):
                break
        else:
            return "other", ""
        inside = os.path.relpath(path, base)
        relative = os.path.relpath(path, self.root) if path.startswith(self.root + os.sep) else path
        parts = Path(inside).parts
        if any(part in FOREIGN_FOLDERS or (part.startswith(".") and part not in (".", "..")) for part in parts[:-1]):
            return "other", ""
        relative = relative.replace(os.sep, "/")
        name = parts[-1] if parts else os.path.basename(path)
        if self.is_test(name, parts):
            return "test", relative
        if name in TOOLING:
            return "other", ""
        if self.explicit and not any(path == e or path.startswith(e + os.sep) for e in self.explicit):
            return "other", ""
        return "source", relative

    def is_test(self, name: str, parts: Sequence[str]) -> bool:
        return (
            name in TEST_FILES
            or any(part in TEST_FOLDERS for part in parts[:-1])
            or any(fnmatch.fnmatch(name, pattern) for pattern in self.test_patterns)
        )

    def files(self) -> Iterator[Path]:
        """The source files on disk."""
        for base in self.explicit or [self.root, *self.extra]:
            if os.path.isfile(base):
                yield Path(base)
                continue
            for folder, folders, names in os.walk(base):
                folders[:] = sorted(f for f in folders if f not in FOREIGN_FOLDERS and not f.startswith("."))
                for name in sorted(names):
                    path = os.path.join(folder, name)
                    if name.endswith(".py") and self.classify(path)[0] == "source":
                        yield Path(path)

    def writes(self, definition: str) -> bool:
        """Whether this text, but for its spaces, stands in a file of source, or in one of SQL beside it."""
        if self._text is None:
            beside = (path for base in (self.root, *self.extra) for path in _files_of_sql(base))
            texts = (path.read_text("utf-8", "replace") for path in (*self.files(), *beside))
            self._text = "\n".join(" ".join(text.split()) for text in texts)
        return " ".join(definition.split()) in self._text

    def looked_at(self) -> str:
        """Where source was looked for, for a message."""
        places = self.explicit or [self.root, *self.extra]
        names = [os.path.relpath(place, self.root).replace(os.sep, "/") for place in places]
        shown = ", ".join(os.path.basename(self.root) + "/" if name == "." else name for name in names)
        return f"looked at {shown}, without tests ({', '.join(self.test_patterns)}), installed packages and tooling"

    # ---------------------------------------------------------------------------------------------------- stacks
    def stack(self, frame: FrameType | None) -> Stack:
        """The project's frames from `frame` outwards, up to the test."""
        known, codes = self._known, self._codes
        places: list[Place] = []
        activations: list[int] = []
        lazy = False
        outermost: FrameType | None = None
        declared = self.declared.walk() if self.declared is not None else None
        inner: list[FrameType | None] = []
        crossed = False
        while frame is not None:
            code = frame.f_code
            kind, relative = known.get(code.co_filename) or self.classify(code.co_filename)
            if kind == "source":
                about = codes.get(id(code))
                if about is None:
                    about = codes[id(code)] = Code(code, relative)
                lasti = frame.f_lasti
                places.append(about.known.get(lasti) or about.at(frame, lasti))
                activation: Any = frame.f_trace
                activations.append(activation if type(activation) is Activation else activation_of(frame))
                outermost = frame
            elif kind == "test":
                back = frame.f_back
                # a patch of a conftest's that source calls stands between two frames of source
                if not places or back is None or self.classify(back.f_code.co_filename)[0] != "source":
                    return self._stack(places, activations, outermost, declared, lazy, True)
            elif id(code) in RUNS_FOR:
                whose = RUNS_FOR[id(code)]
                if whose is None:
                    break
                if whose is LAZY:
                    lazy = lazy or not places
                elif not places:
                    what = whose(frame)
                    if what is NOBODY:
                        return Stack(ended=True)
                    place = self._declared(what)
                    if place is not None:
                        places.append(place)
                        activations.append(-1)
                        outermost = frame
            elif code.co_name == "greenlet_spawn" and (below := greenlet_below(frame)) is not None:
                inner.append(frame)
                frame = below
                continue
            if declared is not None:
                declared.see(frame, kind == "source")
            outer = frame.f_back or (back_of(inner.pop()) if inner else None)
            if outer is None and not crossed:  # the parent's own stack ends at the same place
                outer, crossed = greenlet_parent(frame), True
            frame = outer
        return self._stack(places, activations, outermost, declared, lazy)

    def hands_on(self, frame: FrameType | None) -> bool:
        """Whether the test calls source that takes `**options` and hands them on, in every function down to this frame."""
        seen = False
        while frame is not None:
            code = frame.f_code
            kind = self.classify(code.co_filename)[0]
            if kind == "test":
                return seen
            if kind == "source":
                if not code.co_flags & inspect.CO_VARKEYWORDS or code.co_code[frame.f_lasti] != UNPACKS:
                    return False
                seen = True
            frame = frame.f_back
        return False

    def _stack(
        self,
        places: list[Place],
        activations: list[int],
        outermost: FrameType | None,
        declared: Walk | None,
        lazy: bool,
        ended: bool = False,
    ) -> Stack:
        there = tuple(places)
        path = self._paths.get(there)
        if path is None:
            path = self._paths[there] = tuple(place.site for place in there if place.site is not None)
        frame, label = (None, "") if declared is None else (declared.frame, declared.label)
        from_test = ended and not there
        return Stack(
            path[0] if path else None, path, outermost, from_test, ended, frame, label, there, tuple(activations), lazy
        )

    def _declared(self, what: Any) -> Place | None:
        """Where a class or function stands in source."""
        if what is None:
            return None
        known = self._declarations.get(what)
        if known is None:
            site = self._find(what)
            known = self._declarations[what] = (None if site is None else Place(site),)
        return known[0]

    def place_of(self, what: Any) -> Site | None:
        """Where a function, method or class stands in source: its first line; None for one of a library's."""
        what = getattr(what, "func", what)  # a partial
        what = inspect.unwrap(getattr(what, "__func__", what))
        code = getattr(what, "__code__", None)
        if code is None:
            try:
                place = self._declared(what if isinstance(what, type) else type(what))
                return None if place is None else place.site
            except TypeError:  # it cannot be referred to weakly
                return None
        kind, relative = self.classify(code.co_filename)
        return Site(relative, code.co_firstlineno, code.co_qualname) if kind == "source" else None

    def _find(self, what: Any) -> Site | None:
        try:
            kind, relative = self.classify(inspect.getsourcefile(what) or "<none>")
            return Site(relative, inspect.getsourcelines(what)[1], what.__qualname__) if kind == "source" else None
        except (AttributeError, OSError, TypeError):
            return None

    # ------------------------------------------------------------------------------------------------ exceptions
    def error_info(
        self, exc: BaseException, injected: Sequence[BaseException] = (), tb: TracebackType | None = None
    ) -> ErrorInfo:
        """Reduce an exception to data, and tell who made it (see `raised.error_info`)."""
        return raised.error_info(exc, self.classify, injected, tb)


def editable_installs(root: Path, anywhere: bool = False) -> list[Path]:
    """Where editable installs of the project at `root` point to.

    Args:
        root: may be a folder of tests inside the project.
        anywhere: all editable installs, for tests that live elsewhere.
    """
    found = []
    for dist in metadata.distributions():
        try:
            direct = dist.read_text("direct_url.json")
            url = json.loads(direct) if direct else {}
        except (OSError, ValueError):
            continue
        if not url.get("dir_info", {}).get("editable"):
            continue
        path = Path(unquote(urlsplit(url.get("url", "")).path))
        if (
            path.is_dir()
            and (anywhere or path == root or path in root.parents)
            and not PLUGIN.startswith(str(path) + os.sep)
        ):
            found.append(path)
    return found


def source_map(config: pytest.Config, settings: Settings) -> SourceMap:
    """What is source in this run: named by the user, else by coverage, else the project's own files.

    Raises:
        pytest.UsageError: for a source that is neither a path nor a package.
    """
    named = list(settings.sources)
    if not named:
        given = [one for one in getattr(config.option, "cov_source", None) or () if isinstance(one, str)]
        named = [one for one in given or _of_coverage(settings.root) if _path_of(one, settings.root) is not None]
    explicit = []
    for name in named:
        path = _path_of(name, settings.root)
        if path is None:
            raise pytest.UsageError(
                f"--prodready-source={name}: neither a path below {settings.root.name} nor an importable package"
            )
        explicit.append(path)
    patterns, entries = config.getini("python_files"), settings.entries
    found = SourceMap(settings.root, explicit, patterns, editable_installs(settings.root), entries)
    if explicit or any(found.files()):
        return found
    return SourceMap(settings.root, (), patterns, editable_installs(settings.root, anywhere=True), entries)


def _of_coverage(root: Path) -> list[str]:
    """The sources that coverage's own configuration names."""
    if not any((root / name).exists() for name in (".coveragerc", "setup.cfg", "tox.ini", "pyproject.toml")):
        return []
    try:
        from coverage import Coverage

        config = Coverage(data_file=None)
        named = [config.get_option(f"run:{name}") for name in ("source", "source_pkgs")]
    except Exception:  # what is wrong with it is coverage's to tell
        return []
    return [str(one) for given in named if isinstance(given, list) for one in given]


def _path_of(name: str, root: Path) -> Path | None:
    dotted = name.replace(".", os.sep)
    for path in (root / name, root / dotted, root / "src" / dotted):
        if path.exists():
            return path
    try:
        spec = find_spec(name)
    except (ImportError, ValueError):
        return None
    if spec is None:
        return None
    if spec.submodule_search_locations:
        return Path(next(iter(spec.submodule_search_locations)))
    return Path(spec.origin) if spec.origin else None


def words_in(files: Iterable[Path]) -> frozenset[str]:
    """All words of the source: a reply's field that occurs nowhere is not read."""
    words: set[str] = set()
    for path in files:
        try:
            words.update(re.findall(r"\w+", path.read_text(encoding="utf-8", errors="replace")))
        except OSError:
            continue
    return frozenset(words)
