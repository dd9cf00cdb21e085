"""Entries that the user declares: `app.jobs:run_*`. Nothing is patched: their frames are known on the stack."""

from __future__ import annotations

import ast
import difflib
import fnmatch
import sys
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest


class Declared:
    """Tells whether a frame is a call of a declared function.

    Args:
        patterns: (module, qualified name of a function), globs.
    """

    def __init__(self, patterns: Sequence[tuple[str, str]]) -> None:
        self.patterns = tuple(patterns)
        self._known: dict[CodeType, tuple[str, frozenset[CodeType]] | None] = {}

    def walk(self) -> Walk:
        return Walk(self)

    def match(self, frame: FrameType) -> tuple[str, frozenset[CodeType]] | None:
        """(label, the code of the decorators around the function), or None."""
        code = frame.f_code
        if code not in self._known:
            self._known[code] = self._match(frame.f_globals.get("__name__", ""), code)
        return self._known[code]

    def _match(self, module: str, code: CodeType) -> tuple[str, frozenset[CodeType]] | None:
        name = code.co_qualname
        if name.endswith(">") or "<locals>" in name:
            return None
        for wanted, function in self.patterns:
            if fnmatch.fnmatchcase(module, wanted) and fnmatch.fnmatchcase(name, function):
                return f"{module}:{name}", self._around(module, name, code)
            there = sys.modules.get(wanted)  # a name that the module only passes on
            for known, value in list(vars(there).items()) if there is not None else ():
                if fnmatch.fnmatchcase(known, function) and code in (chain := _codes(value)):
                    return f"{wanted}:{known}", frozenset(chain)
        return None

    @staticmethod
    def _around(module: str, name: str, code: CodeType) -> frozenset[CodeType]:
        value: Any = sys.modules.get(module)
        for part in name.split("."):
            value = getattr(value, part, None)
        codes = _codes(value)
        return frozenset(codes) if code in codes else frozenset()


class Walk:
    """One walk along a stack, from the inside out; `frame` is the outermost declared call that was seen."""

    def __init__(self, declared: Declared) -> None:
        self._declared = declared
        self._around: frozenset[CodeType] = frozenset()
        self.frame: FrameType | None = None
        self.label = ""

    def see(self, frame: FrameType, source: bool) -> None:
        if source and (found := self._declared.match(frame)) is not None:
            self.frame = frame
            self.label, self._around = found
        elif frame.f_code in self._around:
            self.frame = frame  # a decorator that may handle what the function does not
        elif source:
            self._around = frozenset()


def _codes(value: Any) -> list[CodeType]:
    """The code of a function and of the functions that it wraps."""
    codes = []
    for _ in range(20):
        code = getattr(value, "__code__", None)
        if isinstance(code, CodeType):
            codes.append(code)
        value = getattr(value, "__wrapped__", None)
        if value is None:
            break
    return codes


def validate(patterns: Sequence[tuple[str, str]], files: Iterable[Path]) -> None:
    """Refuse patterns that name nothing in source.

    Raises:
        pytest.UsageError: for a module that does not exist, or that has no such function.
    """
    known = {path.with_suffix("").parts: path for path in files} if patterns else {}
    for module, function in patterns:
        found = [path for parts, path in known.items() if _is(module, parts)]
        if not found:
            raise pytest.UsageError(f"prodready_entries: {module}:{function}: no module {module} in your source")
        names = [name for path in found for name in _names(path)]
        if "*" in names or any(fnmatch.fnmatchcase(name, function) for name in names):
            continue
        near = difflib.get_close_matches(function, names, n=1, cutoff=0.5)
        hint = f" (did you mean {near[0]}?)" if near else ""
        raise pytest.UsageError(f"prodready_entries: {module}:{function}: {module} has no such function{hint}")


def _is(module: str, parts: tuple[str, ...]) -> bool:
    parts = parts[:-1] if parts[-1] == "__init__" else parts
    wanted = module.split(".")
    if "*" not in module:
        return parts[-len(wanted) :] == tuple(wanted)
    return any(fnmatch.fnmatchcase(".".join(parts[-n:]), module) for n in range(1, len(parts)))


def _names(path: Path) -> Iterator[str]:
    """What a module may call a function: names that it defines, assigns or imports; `*` where that cannot be known."""
    try:
        tree = ast.parse(path.read_bytes())
    except (OSError, SyntaxError, ValueError):
        yield "*"
        return
    yield from _defined(tree, "")


def _defined(tree: ast.AST, prefix: str) -> Iterator[str]:
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, (ast.FunctionDef, ast.AsyncFunctionDef)):
            yield prefix + node.name
        elif isinstance(node, ast.ClassDef):
            yield from _defined(node, f"{prefix}{node.name}.")
        elif isinstance(node, ast.ImportFrom):
            yield from (prefix + (alias.asname or alias.name) for alias in node.names)
        elif isinstance(node, ast.Assign):
            yield from (prefix + target.id for target in node.targets if isinstance(target, ast.Name))
        elif isinstance(node, (ast.If, ast.Try, ast.With)):
            yield from _defined(node, prefix)
