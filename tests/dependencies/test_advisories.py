"""Snapshots in OSV form: taken in, read, matched against versions."""

from __future__ import annotations

import gzip
import http.server
import json
import threading
import zipfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from pytest_prodready.dependencies.advisories import Broken, Record, known, read, take_in, well_known


def osv(name: str = "acme", events: list[dict[str, str]] | None = None, **more: Any) -> dict[str, Any]:
    ranges = [
        {"type": "GIT", "events": [{"introduced": "0"}]},
        {"type": "ECOSYSTEM", "events": events or [{"introduced": "0"}, {"fixed": "2"}]},
    ]
    return {
        "id": "PYSEC-2026-1", "modified": "2026-11-01T10:00:00Z", "aliases": ["CVE-1"], "summary": "it burns",
        "affected": [{"package": {"ecosystem": "PyPI", "name": name}, "ranges": ranges, "versions": ["0.odd"]}], **more,
    }  # fmt: skip


def hits(folder: Path, record: dict[str, Any], version: str) -> list[tuple[str, str | None]]:
    path = folder / "one.json"
    path.write_text(json.dumps(record))
    return [(one.id, one.fixed) for hit in read(path).hits({"acme": version}) for one in hit.advisories]


@pytest.mark.parametrize(
    ("events", "bad", "good"),
    [
        ([{"introduced": "0"}, {"fixed": "2"}], ["0.1", "1.9", "2rc1", "2.dev1"], ["2", "2.0.1", "10"]),
        ([{"introduced": "1.5"}, {"last_affected": "2"}], ["1.5", "2.0"], ["1.4", "2.0.1"]),
        ([{"introduced": "2.0.0"}, {"fixed": "2.0.7"}, {"introduced": "0"}, {"fixed": "1.26.18"}], ["2.0.6", "1.26.1"], ["1.26.18", "2.0.7"]),
        ([{"introduced": "3"}], ["3", "99"], ["2.9"]),
        ([{"introduced": "0"}, {"fixed": "2010.10"}], ["2010.9"], ["2010.10", "2010.11"]),
    ],
)  # fmt: skip
def test_ranges(events: list[dict[str, str]], bad: list[str], good: list[str], tmp_path: Path) -> None:
    assert [version for version in bad + good if hits(tmp_path, osv(events=events), version)] == bad


def test_versions_that_are_listed(tmp_path: Path) -> None:
    record = osv(events=[{"introduced": "7"}])
    record["affected"][0]["versions"] = ["1.0"]
    assert hits(tmp_path, record, "1.0") == [("PYSEC-2026-1", None)]
    assert hits(tmp_path, record, "1.1") == []


def test_a_withdrawn_one_is_none(tmp_path: Path) -> None:
    assert hits(tmp_path, osv(withdrawn="2026-11-02T00:00:00Z"), "1") == []


def test_another_world_is_not_ours(tmp_path: Path) -> None:
    record = osv()
    record["affected"][0]["package"]["ecosystem"] = "npm"
    assert hits(tmp_path, record, "1") == []


def test_names_are_normalised(tmp_path: Path) -> None:
    assert hits(tmp_path, osv("ACME"), "1")


def test_one_hole_is_one_advisory_whatever_its_names() -> None:
    records = [
        Record("GHSA-1", "acme", "", ("CVE-1", "PYSEC-1"), (), ("1",)), Record("PYSEC-1", "acme", "", ("CVE-1", "GHSA-1"), (), ("1",)),
        Record("GHSA-2", "acme", "", (), (), ("1",)),
    ]  # fmt: skip
    assert [one.id for one in known(records, "1")] == ["PYSEC-1", "GHSA-2"]


def write(path: Path, form: str) -> Path:
    records = [osv(), osv("other", id="PYSEC-2026-2", modified="2026-10-01T00:00:00Z")]
    if form == "folder":
        path.mkdir()
        for record in records:
            (path / f"{record['id']}.json").write_text(json.dumps(record))
    elif form == "zip":
        with zipfile.ZipFile(path, "w") as archive:
            for record in records:
                archive.writestr(f"{record['id']}.json", json.dumps(record))
    elif form == "gzip":
        path.write_bytes(gzip.compress(json.dumps(records).encode()))
    elif form == "vulns":
        path.write_text(json.dumps({"vulns": records}))
    else:
        path.write_text(json.dumps(records))
    return path


@pytest.mark.parametrize("form", ["folder", "zip", "gzip", "vulns", "list"])
def test_forms(form: str, tmp_path: Path) -> None:
    found = take_in(str(write(tmp_path / "given", form)), tmp_path / "deep" / "kept.json.gz")
    again = read(tmp_path / "deep" / "kept.json.gz")
    assert again == found
    assert (again.date, len(again.records), len(again.sha256)) == ("2026-11-01", 2, 64)
    assert again.source == str(tmp_path / "given")
    assert again.age(date(2026, 11, 24)) == 23
    assert [hit.name for hit in again.hits({"acme": "1", "other": "3"})] == ["acme"]


@pytest.fixture
def address(tmp_path: Path) -> Iterator[str]:
    """A server that gives away a folder."""

    class Handler(http.server.SimpleHTTPRequestHandler):
        def __init__(self, *args: Any) -> None:
            super().__init__(*args, directory=str(tmp_path))

        def log_message(self, *args: Any) -> None: ...

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    server.server_close()
    thread.join()


def test_an_address(address: str, tmp_path: Path) -> None:
    write(tmp_path / "all.zip", "zip")
    found = take_in(f"{address}/all.zip", tmp_path / "kept.json.gz")
    assert (found.source, len(found.records)) == (f"{address}/all.zip", 2)


def test_an_address_that_has_nothing(address: str, tmp_path: Path) -> None:
    with pytest.raises(Broken, match="cannot be reached"):
        take_in(f"{address}/gone.zip", tmp_path / "kept.json.gz")
    assert not (tmp_path / "kept.json.gz").exists()


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "cannot be read"), (b"{", "cannot be read"), (b"PK\x03\x04 no zip", "cannot be read"), (b"\x1f\x8b no gzip", "cannot be read"),
        (b'["a"]', "not in OSV form"), (b'{"a": 1}', "not in OSV form"), (b'{"schema": 1, "records": [{}]}', "cannot be read"),
        (b"[]", "holds no advisory"),
    ],
)  # fmt: skip
def test_what_is_broken_is_said(content: bytes, said: str, tmp_path: Path) -> None:
    (tmp_path / "given").write_bytes(content)
    with pytest.raises(Broken, match=said):
        take_in(str(tmp_path / "given"), tmp_path / "kept.json.gz")
    assert not (tmp_path / "kept.json.gz").exists()


def test_the_well_known_ones() -> None:
    found = well_known()
    assert not found.complete
    assert {hit.name for hit in found.hits({"pyyaml": "5.3", "jinja2": "3.1.6", "requests": "2.19.0"})} == {
        "pyyaml",
        "requests",
    }
    assert all(record.ranges and record.summary and record.id.startswith("CVE-") for record in found.records)
