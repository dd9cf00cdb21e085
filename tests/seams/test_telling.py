"""What tells of trouble, and what a test takes away: logs, warnings, error trackers, waits."""

from __future__ import annotations

import io
import logging
import time
import urllib.error
import urllib.request
import warnings
from collections.abc import Iterator
from types import SimpleNamespace
from unittest import mock

import httpx
import pytest
import requests
import responses
import sentry_sdk
import tenacity
from opentelemetry import trace as tracing

from pytest_prodready.seams import Seams, hub, logs, pacing, trackers
from pytest_prodready.seams.hub import status_of

from .conftest import Bench, Server

log = logging.getLogger("tests.telling")


@pytest.fixture
def telling(bench: Bench) -> Iterator[Bench]:
    seams = Seams([logs.SEAM, trackers.SEAM, pacing.SEAM])
    seams.install()
    yield bench
    seams.uninstall()
    hub.without_waits = hub.without_records = 0


# ---------------------------------------------------------------------- records
def test_a_log_that_is_switched_off(telling: Bench) -> None:
    log.warning("heard")
    logging.disable(logging.CRITICAL)
    try:
        log.error("not heard")
        log.info("nor would it be in production")
    finally:
        logging.disable(logging.NOTSET)
    assert [record.text for record in telling.trace.logs] == ["heard"]
    assert telling.trace.muted == ["tests.telling"]


def test_warnings(telling: Bench) -> None:
    with pytest.warns(UserWarning, match="no rates") as caught:
        warnings.warn("no rates", UserWarning, stacklevel=1)
    assert caught[0].filename == __file__
    with pytest.warns(DeprecationWarning, match="old"):
        warnings.warn("old", DeprecationWarning, stacklevel=1)
    assert telling.trace.signals == ["UserWarning: no rates"]


def test_error_trackers(telling: Bench) -> None:
    try:
        raise ValueError("x")
    except ValueError as exc:
        sentry_sdk.capture_exception(exc)
        tracing.get_current_span().record_exception(exc)
    sentry_sdk.capture_message("no rates")
    assert {"capture_exception", "record_exception", "capture_message"} <= set(telling.trace.signals)


def test_a_logger_that_a_test_replaces(telling: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    assert not telling.trace.unrecorded
    with mock.patch(f"{__name__}.log"):
        assert telling.trace.unrecorded
        assert hub.without_records == 1
    assert hub.without_records == 0


# ---------------------------------------------------------------------- waits
@pytest.mark.parametrize("name", ["sleep", "RETRY_DELAY", "BACKOFF", "wait_seconds", "_pause", "retryDelay"])
def test_waits_that_a_test_takes_away(telling: Bench, name: str) -> None:
    app = SimpleNamespace(**{name: time.sleep})
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setattr(app, name, 0)
    assert telling.trace.unpaced
    monkeypatch.undo()
    assert hub.without_waits == 0


@pytest.mark.parametrize("name", ["assert_awaited", "rates", "oversleeping"])
def test_other_names(telling: Bench, name: str) -> None:
    with mock.patch.object(SimpleNamespace(**{name: 1}), name, 2):
        assert not telling.trace.unpaced


def test_settings_of_waits(telling: Bench) -> None:
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.setitem({"RETRY_AFTER": 3}, "RETRY_AFTER", 0)
    monkeypatch.setenv("SHOP_BACKOFF", "0")
    assert hub.without_waits == 2
    monkeypatch.undo()
    assert hub.without_waits == 0


def test_tenacity(telling: Bench) -> None:
    @tenacity.retry(stop=tenacity.stop_after_attempt(2), wait=tenacity.wait_fixed(1))
    def fetch() -> None: ...

    assert not telling.trace.unpaced
    fetch.retry.wait = tenacity.wait_none()  # type: ignore[attr-defined]
    assert telling.trace.unpaced


# ---------------------------------------------------------------------- the status of answers
@responses.activate
def test_status_of_requests(bench: Bench) -> None:
    responses.get("https://a.example/", status=404)
    requests.get("https://a.example/", timeout=1)
    with bench.fault("http.unauthorized"):
        requests.get("https://a.example/", timeout=1)
    assert [call.status for call in bench.calls] == [404, 401]


def test_status_of_httpx(bench: Bench) -> None:
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(422))) as client:
        client.get("https://a.example/")
    assert [call.status for call in bench.calls] == [422]


def test_status_that_urllib_raises(bench: Bench, server: Server) -> None:
    with pytest.raises(urllib.error.HTTPError):
        urllib.request.urlopen(f"{server.url}/503", timeout=1)
    assert [call.status for call in bench.calls] == [503]


def test_a_double_is_asked_without_leaving_a_mark() -> None:
    double = mock.Mock(status_code=201)
    assert status_of(double) == 201
    bare = mock.Mock()
    assert status_of(bare) is None
    assert bare._mock_children == {}
    assert status_of(io.BytesIO()) is None


# ---------------------------------------------------------------------- a client's own attempts
@responses.activate
def test_attempts_of_a_policy(bench: Bench) -> None:
    from requests.adapters import HTTPAdapter
    from urllib3 import Retry

    responses.get("https://a.example/")
    session = requests.Session()
    session.mount("https://", HTTPAdapter(max_retries=Retry(total=4, backoff_factor=1)))
    with bench.fault("http.connection-refused"), pytest.raises(requests.ConnectionError):
        session.get("https://a.example/", timeout=1)
    assert [call.tries for call in bench.calls] == [5]
    with bench.fault("http.connection-reset"):
        session.get("https://a.example/", timeout=1)
    assert [call.tries for call in bench.calls[1:]] == [1, 0], "the second is the client's own repetition"


def test_attempts_of_a_transport(bench: Bench) -> None:
    transport = httpx.HTTPTransport(retries=2)
    refused = bench.fault("http.connection-refused")
    with httpx.Client(transport=transport) as client, refused, pytest.raises(httpx.ConnectError):
        client.get("https://a.example/")
    assert [call.tries for call in bench.calls] == [3]
