"""Cassettes of VCR.py: a trial replays them, and never writes one."""

from __future__ import annotations

import hashlib
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

pytest.importorskip("vcr")
APP = """
    import requests

    def rate(url):
        return requests.get(url, timeout=5).json()["rate"]

    def either(url):
        try:
            return requests.get(url, timeout=5).json()["rate"]
        except requests.RequestException:
            return requests.get(url + "/old", timeout=5).json()["rate"]
    """
CASSETTE = """
interactions:
- request: {body: null, headers: {}, method: GET, uri: "https://rates.example/eur"}
  response:
    body: {string: '{"rate": 1.1}'}
    headers: {Content-Type: [application/json]}
    status: {code: 200, message: OK}
version: 1
"""


@pytest.fixture
def origin() -> Iterator[str]:
    """A server that a cassette can be recorded from."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.end_headers()
            self.wfile.write(b'{"rate": 1.1}')

        def log_message(self, *args: object) -> None: ...

    server = HTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}/eur"
    server.shutdown()
    server.server_close()


def hashes(pytester: pytest.Pytester) -> dict[str, str]:
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in pytester.path.rglob("*.yaml")}


@pytest.mark.parametrize("options", ["", "drop_unused_requests=True", "record_mode='new_episodes'"])
def test_a_cassette_that_is_replayed_stays_as_it_is(pytester: pytest.Pytester, options: str) -> None:
    pytester.makepyfile(
        app=APP,
        test_app=f"""
        import vcr
        from app import either

        def test_either():
            with vcr.use_cassette("one.yaml", {options}):
                assert either("https://rates.example/eur") == 1.1
        """,
    )
    pytester.path.joinpath("one.yaml").write_text(CASSETTE)
    before = hashes(pytester)
    result = pytester.runpytest_subprocess("--prodready", "-q")
    result.stdout.fnmatch_lines(["*app.py*[http.connection-refused*"])
    assert hashes(pytester) == before


def test_pytest_recording_replays(pytester: pytest.Pytester) -> None:
    pytest.importorskip("pytest_recording")
    pytester.makepyfile(
        app=APP,
        test_app="""
        import pytest
        from app import rate

        @pytest.mark.vcr
        def test_rate():
            assert rate("https://rates.example/eur") == 1.1
        """,
    )
    folder = pytester.mkdir("cassettes") / "test_app"
    folder.mkdir()
    folder.joinpath("test_rate.yaml").write_text(CASSETTE)
    before = hashes(pytester)
    result = pytester.runpytest_subprocess("--prodready", "-q")
    result.stdout.fnmatch_lines(["*escaped-exception: requests.exceptions.ConnectionError left rate()*"])
    assert hashes(pytester) == before
    result = pytester.runpytest_subprocess("--prodready", "-q", "--record-mode=new_episodes")
    result.stdout.fnmatch_lines(["*no sweep: a cassette plugin is in update or record mode*"])


@pytest.mark.parametrize("mode", ["once", "all", "rewrite"])
def test_a_test_that_records_is_not_swept(pytester: pytest.Pytester, origin: str, mode: str) -> None:
    pytest.importorskip("pytest_recording")
    pytester.makepyfile(
        app=APP,
        test_app=f"""
        import pytest
        from app import rate

        @pytest.fixture(scope="module")
        def vcr_config():
            return {{"record_mode": "{mode}"}}

        @pytest.mark.vcr
        def test_rate():
            assert rate("{origin}") == 1.1
        """,
    )
    result = pytester.runpytest_subprocess("--prodready", "-q")
    result.assert_outcomes(passed=1)
    assert hashes(pytester)
    result.stdout.fnmatch_lines(["*1 test not swept: a cassette was recorded in this run*"])
