"""What an index knows today, asked of one on loopback; pip-audit's own requests are answered by `responses`."""

from __future__ import annotations

import http.server
import json
import threading
from collections.abc import Iterator
from typing import Any

import pytest
import responses

from pytest_prodready.dependencies import online
from pytest_prodready.project import Advisory, Declarations, Distribution, Hit, Looked, Project, Requirement


class Index:
    """An index: (status, content type, body) by name."""

    def __init__(self) -> None:
        self.pages: dict[str, tuple[int, str, bytes]] = {}
        self.asked: list[str] = []
        index = self

        class Handler(http.server.BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                name = self.path.strip("/").rpartition("/")[2]
                index.asked.append(name)
                status, kind, body = index.pages.get(name, (404, "text/plain", b""))
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *args: Any) -> None: ...

        self.server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    def has(self, name: str, status: str = "active", reason: str = "", yanked: dict[str, Any] | None = None) -> None:
        files = [
            {"filename": f"{name}-{version}-py3-none-any.whl", "yanked": why} for version, why in (yanked or {}).items()
        ]
        body = {"name": name, "files": files, "project-status": {"status": status, "reason": reason}}
        self.pages[name] = (200, online.JSON, json.dumps(body).encode())


@pytest.fixture
def index(monkeypatch: pytest.MonkeyPatch) -> Iterator[Index]:
    found = Index()
    thread = threading.Thread(target=found.server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    online.index.cache_clear()
    monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{found.server.server_port}/simple/")
    yield found
    online.index.cache_clear()
    found.server.shutdown()
    found.server.server_close()
    thread.join()


@pytest.fixture
def audited(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What pip-audit answers: the names that it skips, and hits."""
    told: dict[str, Any] = {"hits": [], "skipped": set(), "silent": None}

    def audit(versions: dict[str, str]) -> tuple[list[Hit], set[str]]:
        if told["silent"]:
            raise online.Silent(told["silent"])
        return told["hits"], told["skipped"]

    monkeypatch.setattr(online, "audit", audit)
    return told


def project(**more: Any) -> Project:
    installed = {name: Distribution(name, name, version) for name, version in (("acme", "1.2"), ("wire", "3"))}
    return Project(
        Declarations((Requirement("acme", "acme", "requirements.txt", 1),), ("requirements.txt",)), installed=installed,
        depends={"acme": ("acme",), "wire": ("acme", "wire")}, looked=Looked("no snapshot"), **more,
    )  # fmt: skip


@pytest.mark.parametrize("status", ["archived", "deprecated", "quarantined"])
def test_states_that_say_no_more(status: str, index: Index, audited: dict[str, Any]) -> None:
    index.has("acme", status, "see acme2")
    found = online.ask(project())
    assert found.status == {"acme": f"{status}: see acme2"}
    assert found.looked.blind is None
    assert index.asked == ["acme"]  # only what the project itself asks for


def test_an_active_project(index: Index, audited: dict[str, Any]) -> None:
    index.has("acme", yanked={"1.2": False, "1.3": "broken"})
    found = online.ask(project())
    assert found.status == {}
    assert found.looked == Looked(None, "2 of 2 distributions were looked up by pip-audit today")


def test_a_yanked_version(index: Index, audited: dict[str, Any]) -> None:
    index.has("acme", yanked={"1.2": "loses data", "1.1": False})
    assert online.ask(project()).status == {"acme": "version 1.2 was yanked: loses data"}


def test_a_name_that_the_list_did_not_have_yet(index: Index, audited: dict[str, Any]) -> None:
    index.has("acme")
    index.has("brand-new")
    found = online.ask(project(unknown={"brand-new": None, "invented": "real"}))
    assert found.unknown == {"invented": "real"}


def test_an_index_of_the_old_form_knows_names(index: Index, audited: dict[str, Any]) -> None:
    index.pages["acme"] = (200, "text/html", b"<a href='x'>x</a>")
    found = online.ask(project(unknown={"invented": None}))
    assert (found.status, found.unknown) == ({}, {"invented": None})


@pytest.mark.parametrize(
    ("page", "said"),
    [
        ((503, "text/plain", b""), "answers 503"),
        ((404, "text/plain", b""), "knows none of the names"),
        ((200, "application/json", b"{}"), "cannot be read"),
        ((200, "application/json", b"no"), "cannot be read"),
    ],
)
def test_an_index_that_tells_nothing(
    page: tuple[int, str, bytes], said: str, index: Index, audited: dict[str, Any]
) -> None:
    index.pages["acme"] = page
    found = online.ask(project(unknown={"invented": None}))
    assert said in str(found.silent)
    assert found.unknown == {"invented": None}


def test_no_index_at_all(audited: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    online.index.cache_clear()
    monkeypatch.setenv("PIP_INDEX_URL", "http://127.0.0.1:1/simple")
    assert "the index tells nothing" in str(online.ask(project()).silent)
    online.index.cache_clear()


def test_a_direct_dependency_that_was_skipped(index: Index, audited: dict[str, Any]) -> None:
    index.has("acme")
    audited["skipped"] = {"acme"}
    assert online.ask(project()).looked.blind == "pip-audit could not look up acme"
    audited["skipped"] = {"wire"}
    assert online.ask(project()).looked == Looked(None, "1 of 2 distributions were looked up by pip-audit today")


def test_a_service_that_is_silent_leaves_what_the_snapshot_knows(index: Index, audited: dict[str, Any]) -> None:
    index.has("acme")
    audited["silent"] = "the advisory service does not answer"
    hit = Hit("acme", "1.2", (Advisory("CVE-1", (), "", None),))
    found = online.ask(project(hits=(hit,)))
    assert found.hits == (hit,)
    assert found.looked.blind == "no snapshot; --prodready-online: the advisory service does not answer"


# ---------------------------------------------------------------------------------------------- pip-audit's own service
@pytest.fixture
def service(monkeypatch: pytest.MonkeyPatch, tmp_path: Any) -> Iterator[responses.RequestsMock]:
    pytest.importorskip("pip_audit")
    import pip_audit._service.pypi as pypi
    import requests

    monkeypatch.setattr(pypi, "caching_session", lambda cache_dir: requests.Session())
    with responses.RequestsMock(assert_all_requests_are_fired=False) as mock:
        yield mock


def tell(mock: responses.RequestsMock, name: str, **answer: Any) -> None:
    import re

    mock.get(re.compile(rf"https://[^/]+/pypi/{name}/[^/]+/json"), **answer)


HOLE = {
    "id": "PYSEC-1",
    "aliases": ["CVE-1"],
    "details": "it burns",
    "summary": None,
    "fixed_in": ["1.1.9", "1.3"],
    "withdrawn": None,
}


def test_what_pip_audit_finds(service: responses.RequestsMock) -> None:
    tell(service, "acme", json={"vulnerabilities": [HOLE]})
    tell(service, "wire", json={"vulnerabilities": []})
    hits, skipped = online.audit({"acme": "1.2", "wire": "3"})
    assert [(hit.name, one.id, one.aliases, one.summary, one.fixed) for hit in hits for one in hit.advisories] == [
        ("acme", "PYSEC-1", ("CVE-1",), "it burns", "1.3")
    ]
    assert skipped == set()


def test_what_pip_audit_skips(service: responses.RequestsMock) -> None:
    tell(service, "acme", status=404)
    tell(service, "wire", json={"vulnerabilities": []})
    assert online.audit({"acme": "1.2", "wire": "3", "odd": "as of today"}) == ([], {"acme", "odd"})


def test_nothing_audited_is_not_clean(service: responses.RequestsMock) -> None:
    tell(service, "acme", status=404)
    with pytest.raises(online.Silent, match="knows none of 1"):
        online.audit({"acme": "1.2"})


@pytest.mark.parametrize("answer", [{"status": 503}, {"body": ConnectionError("refused")}, {"body": "no JSON"}])
def test_a_service_that_does_not_answer(answer: dict[str, Any], service: responses.RequestsMock) -> None:
    import requests

    if isinstance(answer.get("body"), ConnectionError):
        answer = {"body": requests.ConnectionError("refused")}
    tell(service, "acme", **answer)
    with pytest.raises(online.Silent, match="does not answer"):
        online.audit({"acme": "1.2"})


def test_without_pip_audit(monkeypatch: pytest.MonkeyPatch) -> None:
    import sys

    monkeypatch.setitem(sys.modules, "pip_audit._service", None)
    with pytest.raises(online.Silent, match="pip-audit is not there"):
        online.audit({"acme": "1.2"})
