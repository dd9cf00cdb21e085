"""Everything about the dependencies of one project, brought together from its folder, the environment and what we know."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date
from importlib.resources import files
from pathlib import Path
from typing import Any

from ..project import (
    DEV,
    LOCKED,
    OPTIONAL,
    RUNTIME,
    Abandoned,
    Declarations,
    Hit,
    Import,
    Looked,
    Project,
    Removed,
    normal,
)
from . import advisories, names
from .declared import declarations
from .imported import imports
from .installed import Environment, Graph, applies_here, graph, meets
from .tables import CALLED_OTHERWISE, DOCUMENTED


@dataclass(frozen=True)
class Wish:
    """What the user asked for.

    Attributes:
        snapshot: where advisories are kept; it may be missing.
        online: whether an index may be asked.
        today: for the age of the snapshot.
    """

    snapshot: Path
    online: bool
    today: date


def look(root: Path, sources: Iterable[Path], wish: Wish, roots: Iterable[Path] = ()) -> Project:
    """Everything about the dependencies of the project at `root`.

    Args:
        sources: its source files.
        roots: more folders from which it imports.
    """
    sources = list(sources)
    declared = declarations(root, sources)
    environment = Environment.read()
    found = _foreign(list(imports(sources, root)), root, sources, environment, list(roots))
    own = _own_name(root, environment)
    direct = [(one.name, one.extras) for one in declared.requirements if one.group in (RUNTIME, OPTIONAL)]
    used = [(name, ()) for one in found for name in one.providers if not one.guarded]
    inside = frozenset(name for name, dist in environment.files.items() if _is_below(dist, root) and name != own)
    asked = [*direct, *used, *([(own, ())] if own else [])]
    needs = graph(asked, environment.distributions)
    alone = [(name, ()) for name in inside if name not in needs.paths]
    if alone:
        needs = graph([*asked, *alone], environment.distributions)
    unknown, lookalikes = _names(declared, found, environment, own)
    hits, looked = _advisories(declared, needs, environment, wish)
    project = Project(
        declared, tuple(found), environment.distributions, own, inside,
        {name: path for name, path in needs.paths.items() if name != own},
        DOCUMENTED, needs.by_extra, needs.unmet, _mismatched(declared, environment), _abandoned(),
        tuple(_removed(found, environment)), unknown, lookalikes, names.date(), hits, looked,
    )  # fmt: skip
    if not wish.online:
        return project
    from .online import ask

    return ask(project)


def _mismatched(declared: Declarations, environment: Environment) -> frozenset[str]:
    return frozenset(
        one.name
        for one in declared.requirements
        if one.group != LOCKED and one.name in environment.distributions and applies_here(one.marker)
        and not meets(environment.distributions[one.name].version, one.specifier)
    )  # fmt: skip


def _is_below(dist: object, root: Path) -> bool:
    """Whether a distribution came with the project itself: a folder of vendored ones, say."""
    path = str(getattr(dist, "_path", ""))
    if not path.endswith(".dist-info") or "site-packages" in path or "dist-packages" in path:
        return False
    return os.path.realpath(path).startswith(os.path.realpath(root) + os.sep)


def _own_name(root: Path, environment: Environment) -> str | None:
    """The project's own distribution, where it is installed too."""
    try:
        data = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    named = data.get("project", {}).get("name") or data.get("tool", {}).get("poetry", {}).get("name")
    name = normal(named) if isinstance(named, str) else None
    return name if name in environment.distributions else None


# ------------------------------------------------------------------------------------------------------------ imports
def _foreign(
    found: list[Import], root: Path, sources: list[Path], environment: Environment, roots: list[Path]
) -> list[Import]:
    """The imports of what is not the project's, each with the distributions that it can come from."""
    importable = _importable([root, root / "src", root / "lib", *roots])
    beside = {path.stem for path in sources} | {part for path in sources for part in _folders(path, root)}
    kept = []
    for one in found:
        if one.top in importable:
            continue
        providers = environment.providers(one.module)
        if not providers and one.top in beside:  # of the project, from a folder that we do not know of
            continue
        kept.append(replace(one, providers=providers, called=CALLED_OTHERWISE.get(one.top)))
    return kept


def _importable(folders: Iterable[Path]) -> set[str]:
    """The names of modules and packages in folders from which the project imports."""
    found = set()
    for folder in folders:
        if folder.is_dir():
            for path in folder.iterdir():
                if path.suffix in (".py", ".so", ".pyd"):
                    found.add(path.name.partition(".")[0])
                elif path.is_dir() and path.name.isidentifier() and _has_python(path):
                    found.add(path.name)
    return found


def _has_python(folder: Path) -> bool:
    return any(folder.glob("*.py")) or any(folder.glob("*/*.py"))


def _folders(path: Path, root: Path) -> tuple[str, ...]:
    try:
        return path.resolve().relative_to(root.resolve()).parts[:-1]
    except ValueError:
        return path.parts[-3:-1]


# -------------------------------------------------------------------------------------------------------------- names
def _names(
    declared: Declarations, found: list[Import], environment: Environment, own: str | None
) -> tuple[dict[str, str | None], dict[str, str]]:
    """Names that no installed distribution and no index knows, and those that look like a well-known one."""
    unknown: dict[str, str | None] = {}
    lookalikes: dict[str, str] = {}
    others = [*environment.distributions, *(normal(name) for name in CALLED_OTHERWISE.values())]
    for one in declared.requirements:
        if one.direct or one.name in environment.distributions or one.name == own:
            continue
        if not names.known(one.name):
            unknown[one.name] = names.nearest(one.name, others)
        elif (meant := names.lookalike(one.name)) is not None:
            lookalikes[one.name] = meant
    for module in {one.top for one in found if not one.providers}:
        name = normal(module)
        if module in CALLED_OTHERWISE or name in unknown or name in lookalikes or _declares(declared, module):
            continue
        forms = (name, f"python-{name}", f"py{name}")
        if not names.part_of_one(name) and not any(names.known(form) for form in forms):
            unknown[name] = names.nearest(name, others)
        elif (meant := names.lookalike(name)) is not None and names.known(name):
            lookalikes[name] = meant
    return unknown, lookalikes


def _declares(declared: Declarations, module: str) -> bool:
    """Whether something declared may well be what holds a module: `scikit-learn` holds `sklearn`, but no rule tells."""
    name = normal(module)
    words = {name, CALLED_OTHERWISE.get(module, name)}
    return any(
        one.name in words or (one.name != name and name in one.name.split("-"))
        for one in declared.of(RUNTIME, OPTIONAL, DEV, LOCKED)
    )


def _table(name: str) -> dict[str, Any]:
    return tomllib.loads((files(__package__) / "data" / name).read_text(encoding="utf-8"))


def _removed(found: list[Import], environment: Environment) -> Iterator[Removed]:
    """Imports of names that a version of their framework takes away; those that source does without are none."""
    for framework, known in _table("removed.toml").items():
        installed = environment.distributions.get(framework)
        for one in found if installed is not None else ():
            if one.guarded or framework not in one.providers:
                continue
            assert installed is not None
            whole = [f"{one.module}.{name}" for name in one.names]
            for name in (n for n in known if n in whole or f"{one.module}.".startswith(f"{n}.")):
                gone = known[name]["gone"]
                yield Removed(
                    name, installed.written, installed.version, gone, meets(installed.version, f">={gone}"),
                    known[name]["instead"], known["source"], one.site,
                )  # fmt: skip


def _abandoned() -> dict[str, Abandoned]:
    data = _table("abandoned.toml")
    return {name: Abandoned(**one) for name, one in data.items() if isinstance(one, dict)}


# --------------------------------------------------------------------------------------------------------- advisories
def _advisories(
    declared: Declarations, needs: Graph, environment: Environment, wish: Wish
) -> tuple[tuple[Hit, ...], Looked]:
    """What is known of what the project depends on: of what is installed, and of the pins that production will install."""
    versions = {name: environment.distributions[name].version for name in needs.paths}
    pins = {one.name: one.pin for one in declared.requirements if one.pin and one.group != DEV and not one.direct}
    pins = {name: pin for name, pin in pins.items() if pin and versions.get(name) != pin}
    snapshot, looked = _snapshot(wish)
    hits: list[Hit] = []
    for one in [snapshot] if snapshot is not None and snapshot.complete else [advisories.well_known(), snapshot]:
        if one is not None:
            hits += [hit for hit in one.hits(versions) if all(hit.name != other.name for other in hits)]
            hits += [
                hit
                for hit in one.hits({n: p for n, p in pins.items() if p}, installed=False)
                if all(hit.name != other.name for other in hits)
            ]
    return tuple(hits), looked


def _snapshot(wish: Wish) -> tuple[advisories.Snapshot | None, Looked]:
    """The project's snapshot of advisories, and what its silence is worth."""
    how = "take advisories in with --prodready-update-advisories=FILE, or ask for them with --prodready-online"
    if not wish.snapshot.exists():
        return None, Looked("no snapshot of advisories, only well-known ones were looked up", how)
    try:
        found = advisories.read(wish.snapshot)
    except advisories.Broken as exc:
        return None, Looked(f"{exc}, only well-known advisories were looked up", how)
    age = found.age(wish.today)
    told = f"advisories of {found.date} ({age} days old, {len(found.records)} records, from {found.source})"
    if age > advisories.TOO_OLD:
        return found, Looked(f"the {told} are too old", how)
    if age > advisories.OLD:
        return found, Looked(None, f"the {told} are getting old: {how}")
    return found, Looked(None, told)
