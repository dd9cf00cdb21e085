"""What an index knows today: advisories through pip-audit, names and status through the index that pip is set up for."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import urllib.error
import urllib.request
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from functools import cache
from typing import Any

from packaging.version import InvalidVersion, Version

from ..project import Advisory, Hit, Looked, Project

JSON = "application/vnd.pypi.simple.v1+json"
SECONDS = 10  # that the index may take to answer one question
#: States of a project (PEP 792) that say: no more of this.
ENDED = ("archived", "deprecated", "quarantined")


class Silent(Exception):
    """The index does not answer, or not in a form that tells."""


@dataclass(frozen=True)
class Page:
    """What an index says of a name: `known`, its status, and which versions were yanked, and why."""

    known: bool
    status: str = "active"
    reason: str = ""
    yanked: Mapping[str, str] | None = None


def ask(project: Project) -> Project:
    """The project, with what the index and the advisory service add to it."""
    project = _advised(project)
    try:
        return _judged_by_index(project)
    except Silent as exc:
        return replace(project, silent=f"the index tells nothing of names and status: {exc}")


# --------------------------------------------------------------------------------------------------------- advisories
def _advised(project: Project) -> Project:
    try:
        hits, skipped = audit({name: project.installed[name].version for name in project.depends})
    except Silent as exc:
        known = "; ".join(one for one in (project.looked.blind, f"--prodready-online: {exc}") if one)
        return replace(project, looked=replace(project.looked, blind=known))
    direct = sorted(name for name in skipped if len(project.depends[name]) == 1)
    pinned = [hit for hit in project.hits if not hit.installed]
    note = f"{len(project.depends) - len(skipped)} of {len(project.depends)} distributions were looked up by pip-audit today"
    blind = f"pip-audit could not look up {', '.join(direct)}" if direct else None
    return replace(project, hits=(*hits, *pinned), looked=Looked(blind, note))


def audit(versions: Mapping[str, str]) -> tuple[list[Hit], set[str]]:
    """What pip-audit's service knows of these versions, and the names that it could not look up.

    Raises:
        Silent: when it is not installed, or nothing could be looked up.
    """
    try:
        import requests
        from pip_audit._service import PyPIService, ResolvedDependency, ServiceError
    except ImportError:
        raise Silent("pip-audit is not there: pip install pytest-prodready[audit]") from None
    service = PyPIService(timeout=SECONDS)
    hits: list[Hit] = []
    skipped: set[str] = set()
    for name, version in sorted(versions.items()):
        try:
            asked = ResolvedDependency(name=name, version=Version(version))
            dependency, found = service.query(asked)
        except InvalidVersion:
            skipped.add(name)
            continue
        except (ServiceError, requests.RequestException, ValueError) as exc:
            raise Silent(f"the advisory service does not answer: {' '.join(str(exc).split())[:120]}") from None
        if dependency.is_skipped():
            skipped.add(name)
        elif found:
            known = [
                Advisory(one.id, tuple(sorted(one.aliases)), (one.description or "").strip().partition("\n")[0][:200],
                         next((str(better) for better in sorted(one.fix_versions) if better > asked.version), None))
                for one in found
            ]  # fmt: skip
            hits.append(Hit(name, version, tuple(sorted(known, key=lambda one: one.id))))
    if versions and len(skipped) == len(versions):
        raise Silent(f"the advisory service knows none of {len(versions)} distributions")
    return hits, skipped


# -------------------------------------------------------------------------------------------------------------- index
@cache
def index() -> str:
    """The address of the index that pip is set up for.

    Raises:
        Silent: where there is no pip.
    """
    told = os.environ.get("PIP_INDEX_URL")
    if told is None:
        asked = subprocess.run(
            [sys.executable, "-m", "pip", "config", "get", "global.index-url"], capture_output=True, text=True, timeout=SECONDS * 3
        )  # fmt: skip
        told = asked.stdout.strip()
    if not told:
        try:
            from pip._internal.models.index import PyPI
        except ImportError:
            raise Silent("pip is not there to say which index it uses") from None
        told = str(PyPI.simple_url)
    return told.rstrip("/")


def page(name: str) -> Page:
    """What the index says of one name.

    Raises:
        Silent: when it says nothing that can be read.
    """
    request = urllib.request.Request(f"{index()}/{name}/", headers={"Accept": f"{JSON}, text/html;q=0.1"})
    try:
        with urllib.request.urlopen(request, timeout=SECONDS) as reply:
            kind, body = reply.headers.get_content_type(), reply.read()
    except urllib.error.HTTPError as exc:
        if exc.code == 404:
            return Page(False)
        raise Silent(f"it answers {exc.code}") from None
    except (OSError, ValueError) as exc:
        raise Silent(f"{type(exc).__name__}") from None
    if "json" not in kind:
        return Page(True)  # an index of the old form knows names, and no more
    try:
        return _read(json.loads(body))
    except (ValueError, KeyError, TypeError, AttributeError) as exc:
        raise Silent("its answer cannot be read") from exc


def _read(data: dict[str, Any]) -> Page:
    status = data.get("project-status") or {}
    yanked: dict[str, str] = {}
    whole: dict[str, bool] = {}
    for file in data["files"]:
        version = _version_of(file["filename"])
        reason = file.get("yanked", False)
        whole[version] = whole.get(version, True) and bool(reason)
        if reason:
            yanked[version] = reason if isinstance(reason, str) else ""
    yanked = {version: reason for version, reason in yanked.items() if whole[version]}
    return Page(True, status.get("status", "active"), status.get("reason", ""), yanked)


def _version_of(filename: str) -> str:
    if filename.endswith(".whl"):
        return filename.split("-")[1]
    for end in (".tar.gz", ".zip", ".tar.bz2"):
        filename = filename.removesuffix(end)
    return filename.rpartition("-")[2]


def _judged_by_index(project: Project) -> Project:
    """Names and states of the direct dependencies, and of what is unknown so far; only what a project asks for is its business."""
    pages = {name: page(name) for name in sorted({*_direct(project), *project.unknown})}
    if pages and not any(one.known for one in pages.values()):
        raise Silent("it knows none of the names")
    status: dict[str, str] = {}
    for name, one in pages.items():
        why = f": {one.reason}" if one.reason else ""
        if one.status in ENDED:
            status[name] = f"{one.status}{why}"
        elif one.yanked and project.version(name) in one.yanked:
            reason = one.yanked[project.version(name)]
            status[name] = f"version {project.version(name)} was yanked" + (f": {reason}" if reason else "")
    unknown = {name: meant for name, meant in project.unknown.items() if not pages[name].known}
    return replace(project, status=status, unknown=unknown)


def _direct(project: Project) -> Iterable[str]:
    return (name for name, path in project.depends.items() if len(path) == 1)
