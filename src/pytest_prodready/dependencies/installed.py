"""What is installed, where a module comes from, and what depends on what. Read from the files: importlib parses far more."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from importlib import metadata

from packaging.markers import Environment as Markers
from packaging.markers import default_environment
from packaging.requirements import InvalidRequirement, Requirement
from packaging.version import InvalidVersion, Version

from ..project import Distribution, Unmet, normal

_HEADER = re.compile(r"^(Name|Version|Requires-Dist|Classifier): *(.*?)\r?$", re.M)
_INACTIVE = "Development Status :: 7 - Inactive"


@dataclass
class Environment:
    """The distributions on `sys.path`; of several with one name, the first counts, as it does for an import."""

    distributions: dict[str, Distribution] = field(default_factory=dict)
    files: dict[str, metadata.Distribution] = field(default_factory=dict)
    _owners: dict[str, tuple[str, ...]] | None = None

    @classmethod
    def read(cls) -> Environment:
        found = cls()
        for one in metadata.distributions():
            new_form = one.read_text("METADATA")
            text = new_form or one.read_text("PKG-INFO") or ""
            head = re.split(r"\r?\n\r?\n", text, maxsplit=1)[0]
            fields: dict[str, list[str]] = {}
            for name, value in _HEADER.findall(head):
                fields.setdefault(name, []).append(value)
            if "Name" not in fields or "Version" not in fields:
                continue
            written = fields["Name"][0]
            name = normal(written)
            if name in found.distributions:
                continue
            requires = tuple(fields.get("Requires-Dist") or (() if new_form else one.requires or ()))
            inactive = _INACTIVE in fields.get("Classifier", ())
            found.distributions[name] = Distribution(name, written, fields["Version"][0], requires, inactive)
            found.files[name] = one
        return found

    def providers(self, module: str) -> tuple[str, ...]:
        """The distributions that a module, or a name in one, can come from."""
        owners = self._tops().get(module.partition(".")[0], ())
        if len(owners) < 2 or "." not in module:
            return owners
        parts = module.split(".")
        for length in range(len(parts), 1, -1):
            prefix = "/".join(parts[:length])
            deeper = tuple(name for name in owners if self._has(name, prefix))
            if deeper:
                return deeper
        return owners

    def _has(self, name: str, prefix: str) -> bool:
        record = self.files[name].read_text("RECORD") or ""
        return re.search(rf"^{re.escape(prefix)}(?:/|\.py)", record, re.M) is not None

    def _tops(self) -> dict[str, tuple[str, ...]]:
        if self._owners is None:
            owners: dict[str, list[str]] = {}
            for name, files in self.files.items():
                for top in _top_levels(files):
                    owners.setdefault(top, []).append(name)
            self._owners = {top: tuple(sorted(names)) for top, names in owners.items()}
        return self._owners


def _top_levels(files: metadata.Distribution) -> set[str]:
    named = files.read_text("top_level.txt")
    if named is not None and named.strip():
        return {line.strip() for line in named.splitlines() if line.strip()}
    found = set()
    record = files.read_text("RECORD") or files.read_text("installed-files.txt") or ""
    for line in record.splitlines():
        path = line.partition(",")[0]
        first, slash, _ = path.partition("/")
        if slash:
            if first.isidentifier() and ".py" in path:
                found.add(first)
        elif first.endswith((".py", ".so", ".pyd")):
            found.add(first.partition(".")[0])
        elif first.startswith("__editable__") or first.endswith(".pth"):
            found.add(normal(files.name).replace("-", "_"))
    return found


@dataclass(frozen=True)
class Graph:
    """What some distributions depend on.

    Attributes:
        paths: each distribution in the closure, to the path that leads there, from the direct dependency on.
        unmet: requirements within it that the environment does not meet.
        by_extra: what extras of the direct dependencies bring in.
    """

    paths: Mapping[str, tuple[str, ...]]
    unmet: tuple[Unmet, ...]
    by_extra: frozenset[str]


def graph(roots: Iterable[tuple[str, Iterable[str]]], installed: Mapping[str, Distribution]) -> Graph:
    """Follow requirements from the direct dependencies, with markers and extras as pip does.

    Args:
        roots: (name, its extras).
    """
    environment = default_environment()
    paths: dict[str, tuple[str, ...]] = {}
    extras: dict[str, set[str]] = {}
    unmet: dict[Unmet, None] = {}
    by_extra: set[str] = set()
    todo: list[tuple[str, tuple[str, ...], tuple[str, ...]]] = []
    for name, wanted in sorted((name, tuple(sorted(wanted))) for name, wanted in roots):
        todo.append((name, wanted, (name,)))
    while todo:
        name, wanted, path = todo.pop(0)
        one = installed.get(name)
        new = {normal(extra) for extra in wanted} - extras.get(name, set())
        if one is None or (name in paths and not new):
            continue
        first = name not in paths
        paths.setdefault(name, path)
        extras.setdefault(name, set()).update(new)
        for text in one.requires:
            try:
                needed = Requirement(text)
            except InvalidRequirement:
                continue  # an old distribution's slip is nobody's broken environment
            always = _applies(needed, environment, "")
            asked = any(_applies(needed, environment, extra) for extra in new)
            if not ((always and first) or (asked and not always)):
                continue
            target = normal(needed.name)
            if asked and not always and len(path) == 1:
                by_extra.add(target)
            found = installed.get(target)
            if found is None or not satisfies(found.version, needed):
                unmet[Unmet(name, _plain(needed), target, found.version if found else None)] = None
            todo.append((target, tuple(sorted(needed.extras)), (*path, target)))
    return Graph(paths, tuple(unmet), frozenset(by_extra))


def _applies(needed: Requirement, environment: Markers, extra: str) -> bool:
    return needed.marker is None or needed.marker.evaluate({**environment, "extra": extra})  # type: ignore[dict-item]


def satisfies(version: str, needed: Requirement) -> bool:
    if needed.url is not None or not needed.specifier:
        return True
    try:
        return needed.specifier.contains(Version(version), prereleases=True)
    except InvalidVersion:
        return True  # no version that could be compared


def _plain(needed: Requirement) -> str:
    extras = f"[{','.join(sorted(needed.extras))}]" if needed.extras else ""
    return f"{needed.name}{extras}{needed.specifier}"


def applies_here(marker: str) -> bool:
    """Whether a declared requirement is meant for this platform and Python."""
    if not marker:
        return True
    return _applies(Requirement(f"x; {marker}"), default_environment(), "")


def meets(version: str, specifier: str) -> bool:
    return not specifier or satisfies(version, Requirement(f"x{specifier}"))
