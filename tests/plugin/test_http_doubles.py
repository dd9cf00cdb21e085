"""Tools that stand in for the other end: what they assert in teardown is no verdict of a trial."""

from __future__ import annotations

import json

import pytest

APP = """
    import httpx

    class Down(Exception):
        pass

    client = httpx.Client(transport=httpx.HTTPTransport(retries=2), timeout=5)

    def rate(code):
        try:
            reply = client.get(f"https://rates.example/{code}")
            reply.raise_for_status()
            return reply.json()["rate"]
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            raise Down("no rates") from exc
    """


@pytest.mark.parametrize("fixture", ["httpx_mock", "httpserver"])
def test_teardown_is_no_verdict(pytester: pytest.Pytester, fixture: str) -> None:
    pytest.importorskip({"httpx_mock": "pytest_httpx"}.get(fixture, "pytest_httpserver"))
    pytester.makepyfile(
        app=APP if fixture == "httpx_mock" else APP.replace('f"https://rates.example/{code}"', "code"),
        test_app="""
        from app import rate

        def test_rate(httpx_mock):
            httpx_mock.add_response(url="https://rates.example/eur", json={"rate": 1.1})
            assert rate("eur") == 1.1
            assert len(httpx_mock.get_requests()) == 1
        """
        if fixture == "httpx_mock"
        else """
        import pytest
        from app import rate

        @pytest.fixture
        def rates(httpserver):
            httpserver.expect_oneshot_request("/eur").respond_with_json({"rate": 1.1})
            yield httpserver.url_for("/eur")
            httpserver.check_assertions()
            assert len(httpserver.log) == 1

        def test_rate(rates):
            assert rate(rates) == 1.1
        """,
    )
    result = pytester.runpytest_subprocess("--prodready", "-q", "--prodready-report=json:r.json")
    result.assert_outcomes(passed=1)
    report = json.loads(pytester.path.joinpath("r.json").read_text())
    assert report["findings"] == report["internal_errors"] == []
    assert {trial["verdict"] for trial in report["trials"]} == {"handled"}
    outcomes = {trial["fault"]: trial["outcome"] for trial in report["trials"]}
    assert outcomes["http.connection-refused"] == "translated", "the retries of connecting are used up"
    assert outcomes["http.connect-timeout"] == "absorbed", "they get through"
    assert outcomes["http.connection-reset"] == "translated", "they are for connecting only"
