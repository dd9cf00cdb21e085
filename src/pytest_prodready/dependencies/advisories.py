"""Known vulnerabilities: a snapshot in OSV form, taken in once, read without a network, matched against versions."""

from __future__ import annotations

import datetime
import gzip
import hashlib
import io
import json
import urllib.request
import zipfile
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from packaging.version import InvalidVersion, Version

from ..project import Advisory, Hit, normal

SCHEMA = 1
#: Where a project keeps its snapshot, unless `prodready_advisories` says otherwise.
DEFAULT = ".prodready/advisories.json.gz"
#: Days until a snapshot's age is told, and until its silence means nothing any more.
OLD, TOO_OLD = 30, 90
SECONDS = 30  # that an address may take to answer


class Broken(Exception):
    """A snapshot that cannot be read, in one sentence."""


@dataclass(frozen=True)
class Range:
    """Versions from `introduced` on, up to and without `fixed`, or up to `last`."""

    introduced: str
    fixed: str | None = None
    last: str | None = None


@dataclass(frozen=True)
class Record:
    """One advisory about one distribution."""

    id: str
    package: str
    summary: str
    aliases: tuple[str, ...] = ()
    ranges: tuple[Range, ...] = ()
    versions: tuple[str, ...] = ()


@dataclass(frozen=True)
class Snapshot:
    """All advisories of one day.

    Attributes:
        source: what it was made from; `sha256` of that, `date` of its newest record.
        complete: a whole database, not a selection.
    """

    source: str
    date: str
    sha256: str
    records: tuple[Record, ...]
    complete: bool = True

    def age(self, today: datetime.date) -> int:
        """Days."""
        return (today - datetime.date.fromisoformat(self.date)).days

    def hits(self, versions: Mapping[str, str], installed: bool = True) -> Iterator[Hit]:
        """What is known of these versions, by name."""
        by_name: dict[str, list[Record]] = {}
        for record in self.records:
            if record.package in versions:
                by_name.setdefault(record.package, []).append(record)
        for name in sorted(by_name):
            found = known(by_name[name], versions[name])
            if found:
                yield Hit(name, versions[name], tuple(found), installed)


def known(records: Iterable[Record], version: str) -> list[Advisory]:
    """The advisories about one version, each once though several databases have it under names of their own."""
    try:
        parsed = Version(version)
    except InvalidVersion:
        return []
    found: list[Advisory] = []
    seen: set[str] = set()
    for record in sorted(records, key=lambda record: (not record.id.startswith("PYSEC"), record.id)):
        hit, fixed = _concerns(record, version, parsed)
        if hit and seen.isdisjoint({record.id, *record.aliases}):
            found.append(Advisory(record.id, record.aliases, record.summary, fixed))
            seen.update({record.id, *record.aliases})
    return found


def _concerns(record: Record, version: str, parsed: Version) -> tuple[bool, str | None]:
    """Whether a record is about a version, and the first version that is better."""
    for one in record.ranges:
        try:
            begins = one.introduced == "0" or Version(one.introduced) <= parsed
            ends = (one.fixed and parsed >= Version(one.fixed)) or (one.last and parsed > Version(one.last))
        except InvalidVersion:
            continue
        if begins and not ends:
            return True, one.fixed
    return version in record.versions, None


# ------------------------------------------------------------------------------------------------------------ reading
def read(path: Path) -> Snapshot:
    """A snapshot of our own, or anything that `take_in` takes: a folder, a zip or a file with records in OSV form.

    Raises:
        Broken: for what cannot be read.
    """
    try:
        if path.is_dir():
            return _of_records(str(path), _folder(path))
        return _of_bytes(str(path), path.read_bytes())
    except Broken:
        raise
    except (OSError, ValueError, KeyError, TypeError, AttributeError, EOFError, zipfile.BadZipFile) as exc:
        raise Broken(f"the snapshot of advisories {path.name} cannot be read: {type(exc).__name__}") from exc


def take_in(source: str, target: Path) -> Snapshot:
    """Make a snapshot from a file, a folder or an address, and write it.

    Raises:
        Broken: for what cannot be read, or holds nothing about Python distributions.
    """
    remote = urlsplit(source).scheme in ("http", "https")
    found = _of_bytes(source, _fetch(source)) if remote else read(Path(source))
    if not found.records:
        raise Broken(f"{source} holds no advisory about a distribution of PyPI")
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_bytes(gzip.compress(json.dumps({"schema": SCHEMA, **asdict(found)}).encode(), mtime=0))
    return found


def _fetch(address: str) -> bytes:
    try:
        with urllib.request.urlopen(address, timeout=SECONDS) as reply:
            return bytes(reply.read())
    except (OSError, ValueError) as exc:
        raise Broken(f"{address} cannot be reached: {exc}") from exc


def _of_bytes(source: str, content: bytes) -> Snapshot:
    checksum = hashlib.sha256(content).hexdigest()
    try:
        if content[:2] == b"\x1f\x8b":
            content = gzip.decompress(content)
        if content[:2] == b"PK":
            return _of_records(source, _zipped(content), checksum)
        data = json.loads(content)
        if isinstance(data, dict) and data.get("schema") == SCHEMA and "records" in data:
            return _own(data)
    except (ValueError, OSError, EOFError, KeyError, TypeError, zipfile.BadZipFile) as exc:
        raise Broken(f"the snapshot of advisories {Path(source).name} cannot be read: {type(exc).__name__}") from exc
    if isinstance(data, dict):
        data = data.get("vulns", [data])
    if not isinstance(data, list) or not all(isinstance(one, dict) for one in data):
        raise Broken(f"the snapshot of advisories {Path(source).name} is not in OSV form")
    return _of_records(source, data, checksum)


def _own(data: dict[str, Any]) -> Snapshot:
    records = tuple(
        Record(
            one["id"], one["package"], one["summary"], tuple(one["aliases"]),
            tuple(Range(**each) for each in one["ranges"]), tuple(one["versions"]),
        )
        for one in data["records"]
    )  # fmt: skip
    datetime.date.fromisoformat(data["date"])
    return Snapshot(data["source"], data["date"], data["sha256"], records, data["complete"])


def _folder(path: Path) -> Iterator[dict[str, Any]]:
    for file in sorted(path.rglob("*.json")):
        yield json.loads(file.read_bytes())


def _zipped(content: bytes) -> Iterator[dict[str, Any]]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".json"):
                yield json.loads(archive.read(name))


def _of_records(source: str, records: Iterable[dict[str, Any]], checksum: str = "") -> Snapshot:
    newest, found = "1970-01-01", []
    digest = hashlib.sha256()
    for data in records:
        if not isinstance(data, dict) or "id" not in data or "affected" not in data:
            raise Broken(f"{Path(source).name} is not in OSV form")
        digest.update(json.dumps(data, sort_keys=True).encode())
        newest = max(newest, str(data.get("modified", ""))[:10])
        if not data.get("withdrawn"):
            found += list(_records(data))
    return Snapshot(source, newest, checksum or digest.hexdigest(), tuple(found))


def _records(data: dict[str, Any]) -> Iterator[Record]:
    summary = data.get("summary") or (data.get("details") or "").strip().partition("\n")[0]
    for affected in data["affected"]:
        package = affected.get("package", {})
        if package.get("ecosystem") != "PyPI":
            continue
        ranges = [r for one in affected.get("ranges", ()) if one.get("type") != "GIT" for r in _ranges(one["events"])]
        yield Record(
            data["id"], normal(package["name"]), summary[:200], tuple(data.get("aliases") or ()), tuple(ranges),
            tuple(affected.get("versions") or ()),
        )  # fmt: skip


def _ranges(events: Iterable[dict[str, str]]) -> Iterator[Range]:
    begun: str | None = None
    for event in events:
        if "introduced" in event:
            if begun is not None:
                yield Range(begun)
            begun = event["introduced"]
        elif begun is not None and ("fixed" in event or "last_affected" in event):
            yield Range(begun, event.get("fixed"), event.get("last_affected"))
            begun = None
    if begun is not None:
        yield Range(begun)


def well_known() -> Snapshot:
    """A selection that comes with the plugin. It finds what everybody knows; its silence says nothing."""
    data = json.loads((files(__package__) / "data" / "well_known.json").read_text(encoding="utf-8"))
    records = [
        Record(one["id"], one["package"], one["summary"], (), tuple(Range(*each) for each in one["ranges"]))
        for one in data["records"]
    ]
    return Snapshot("the well-known advisories that come with the plugin", data["date"], "", tuple(records), False)
