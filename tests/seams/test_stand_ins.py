"""Stand-ins by unittest.mock, pytest-mock and monkeypatch: each is one call and can be failed."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
from collections.abc import Callable
from types import ModuleType, SimpleNamespace
from typing import Any
from unittest import mock
from unittest.mock import AsyncMock, MagicMock, Mock, patch

import httpx
import httpx2
import pytest
import requests
from pytest_mock import MockerFixture

from pytest_prodready.seams import doubles, stand_ins, stand_ins_requests

from .conftest import Bench

URL = "https://api.example.com/v1/orders/12"
GET = "GET api.example.com/v1/orders/<n>"
REPLY = {"id": 7, "items": []}


def answer(**kwargs: Any) -> Mock:
    return Mock(
        status_code=200,
        headers={"Content-Type": "application/json"},
        **{"json.return_value": REPLY},
        **kwargs,
    )


def application() -> Any:
    """A module of an application that has bound what it imports."""
    app = ModuleType("app")
    app.requests, app.httpx, app.sqlite3 = requests, httpx, sqlite3  # type: ignore[attr-defined]
    app.get = requests.get  # type: ignore[attr-defined]
    app.session = requests.Session()  # type: ignore[attr-defined]
    return app


# ---------------------------------------------------------------------- requests
def by_get(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", return_value=answer()))
    return lambda: requests.get(URL, timeout=3)


def by_object(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch.object(requests, "get", return_value=answer()))
    return lambda: requests.get(url=URL, timeout=3)


def by_autospec(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", autospec=True, return_value=answer()))
    return lambda: requests.get(URL, timeout=3)


def by_spec(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", spec=True, return_value=answer()))
    return lambda: requests.get(URL, timeout=3)


def by_new_mock(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", new=Mock(return_value=answer())))
    return lambda: requests.get(URL, timeout=3)


def by_new_callable(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", new_callable=lambda: Mock(return_value=answer())))
    return lambda: requests.get(URL, timeout=3)


def by_new_function(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", lambda url, **kwargs: answer()))
    return lambda: requests.get(URL, timeout=3)


def by_side_effect(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.get", side_effect=lambda url, **kwargs: answer()))
    return lambda: requests.get(URL, timeout=3)


def by_module(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch.object(app, "requests"))
    double.get.return_value = answer()
    return lambda: app.requests.get(URL, timeout=3)


def by_bound_name(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch.object(app, "get", return_value=answer()))
    return lambda: app.get(URL, timeout=3)


def by_class(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch("requests.Session"))
    double.return_value.get.return_value = answer()
    return lambda: requests.Session().get(URL, timeout=3)


def by_class_in_context(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch("requests.Session"))
    double.return_value.__enter__.return_value.get.return_value = answer()

    def act() -> Any:
        with requests.Session() as session:
            return session.get(URL, timeout=3)

    return act


def by_class_with_own_mock(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    session = MagicMock()
    session.request.return_value = answer()
    stack.enter_context(patch("requests.Session", return_value=session))
    return lambda: requests.Session().request("GET", URL, timeout=3)


def by_class_autospec(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch("requests.Session", autospec=True))
    double.return_value.get.return_value = answer()
    return lambda: requests.Session().get(URL, timeout=3)


def by_method(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.Session.get", return_value=answer()))
    return lambda: requests.Session().get(URL, timeout=3)


def by_method_autospec(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.Session.get", autospec=True, return_value=answer()))
    return lambda: requests.Session().get(URL, timeout=3)


def by_request_below(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.Session.request", return_value=answer()))
    return lambda: requests.get(URL, timeout=3)


def by_send(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch("requests.Session.send", return_value=answer(history=[], is_redirect=False)))
    return lambda: requests.get(URL, timeout=3)


def by_bound_method(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch.object(app.session, "get", return_value=answer()))
    return lambda: app.session.get(URL, timeout=3)


def by_instance(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch.object(app, "session")).get.return_value = answer()
    return lambda: app.session.get(URL, timeout=3)


class Reply:
    status_code = 200
    headers = {"Content-Type": "application/json"}  # noqa: RUF012

    def json(self) -> Any:
        return REPLY

    def raise_for_status(self) -> None:
        return None


def by_monkeypatch(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(requests, "get", lambda url, timeout=None: Reply())
    return lambda: requests.get(URL, timeout=3)


def by_monkeypatch_path(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr("requests.get", lambda *args, **kwargs: Reply())
    return lambda: requests.get(URL, timeout=3)


def by_monkeypatch_method(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(requests.Session, "get", lambda self, url, **kwargs: Reply())
    return lambda: requests.Session().get(URL, timeout=3)


def by_monkeypatch_mock(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(app, "get", Mock(return_value=answer()))
    return lambda: app.get(URL, timeout=3)


def by_monkeypatch_class(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    class FakeSession:
        def get(self, url: str, timeout: float | None = None) -> Reply:
            return Reply()

    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(requests, "Session", FakeSession)
    return lambda: requests.Session().get(URL, timeout=3)


def by_namespace(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(app, "requests", SimpleNamespace(get=lambda url, **kwargs: Reply()))
    return lambda: app.requests.get(URL, timeout=3)


def by_fake_instance(app: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    class Fake:
        def get(self, url: str, **kwargs: Any) -> Reply:
            return Reply()

    stack.enter_context(patch.object(app, "session", Fake()))
    return lambda: app.session.get(URL, timeout=3)


REQUESTS = [
    by_get,
    by_object,
    by_autospec,
    by_spec,
    by_new_mock,
    by_new_callable,
    by_new_function,
    by_side_effect,
    by_module,
    by_bound_name,
    by_class,
    by_class_in_context,
    by_class_with_own_mock,
    by_class_autospec,
    by_method,
    by_method_autospec,
    by_request_below,
    by_send,
    by_bound_method,
    by_instance,
    by_monkeypatch,
    by_monkeypatch_path,
    by_monkeypatch_method,
    by_monkeypatch_mock,
    by_monkeypatch_class,
    by_namespace,
    by_fake_instance,
]


@pytest.mark.parametrize("way", REQUESTS)
def test_requests(bench: Bench, way: Any) -> None:
    """One call, which can be struck, and which is over with the patch."""
    app = application()
    before = (dict(vars(requests)), dict(vars(requests.Session)), dict(vars(app)), dict(vars(app.session)))
    with contextlib.ExitStack() as stack:
        act = way(app, stack)
        assert act().json() == REPLY
        (call,) = bench.calls
        assert (call.seam, call.family, call.kind, call.operation) == ("requests", "http", "request", GET)
        assert (call.target, call.statement, call.timeout, call.effect) == (
            "api.example.com",
            URL,
            3.0,
            False,
        )
        assert call.waits_for_ever is False
        assert json.loads(call.reply or "") == REPLY

        injected = bench.struck_by("http.connection-refused", act)
        assert type(injected) is requests.ConnectionError
        assert "host='api.example.com', port=443): Max retries exceeded with url: /v1/orders/12" in str(injected)
        assert isinstance(injected.request, requests.PreparedRequest)
        with bench.fault("http.unavailable"):
            refused = act()
        assert isinstance(refused, requests.Response)
        assert (refused.status_code, refused.url, refused.headers["Retry-After"]) == (503, URL, "120")
        with bench.fault("reply.html"), pytest.raises(requests.exceptions.JSONDecodeError):
            act().json()
        with bench.fault("reply.missing-field", "id"):
            assert act().json() == {"items": []}
        with bench.fault("http.read-timeout"), pytest.raises(requests.ReadTimeout):
            act()
        assert bench.clock.passed == [3.0]
        assert len(bench.calls) == 6
    assert before == (
        dict(vars(requests)),
        dict(vars(requests.Session)),
        dict(vars(app)),
        dict(vars(app.session)),
    )
    assert doubles.remembered == {}
    assert stand_ins._undo == {}


def test_methods_and_arguments(bench: Bench) -> None:
    with patch("requests.request"), patch("requests.post"), patch("requests.Session") as session:
        requests.request("PUT", URL)
        requests.request(method="delete", url=URL, timeout=(1, None))
        requests.post(URL, json={"a": 1}, params={"q": "x y"}, timeout=(1, 2))
        requests.Session().patch(URL)
        session.return_value.close()
    assert [call.operation.split()[0] for call in bench.calls] == ["PUT", "DELETE", "POST", "PATCH"]
    assert [call.waits_for_ever for call in bench.calls] == [True, True, False, True]
    assert [call.effect for call in bench.calls] == [True] * 4
    assert bench.calls[2].statement == f"{URL}?q=x+y"


def test_the_real_request_is_built(bench: Bench) -> None:
    with patch("requests.post"):
        injected = bench.struck_by("http.connection-refused", lambda: requests.post(URL, json={"a": 1}, timeout=1))
    assert isinstance(injected, requests.ConnectionError)
    assert injected.request is not None
    assert (injected.request.method, injected.request.body) == ("POST", b'{"a": 1}')


def test_a_mock_keeps_its_records(bench: Bench) -> None:
    with patch("requests.get") as get:
        get.return_value.json.return_value = {"a": 1}
        requests.get(URL, timeout=1)
        get.assert_called_once_with(URL, timeout=1)
        assert get.mock_calls == [mock.call(URL, timeout=1)]
        get.return_value.json.assert_not_called()
    assert bench.calls[0].reply == '{"a": 1}'


def test_an_answer_that_is_no_data_is_no_reply(bench: Bench) -> None:
    with patch("requests.get"):
        requests.get(URL, timeout=1).json()
    assert bench.calls[0].reply is None


def test_a_failing_double_fails_the_call(bench: Bench) -> None:
    with patch("requests.get", side_effect=requests.Timeout), pytest.raises(requests.Timeout):
        requests.get(URL, timeout=1)
    assert bench.calls[0].error is not None


def test_a_real_reply_of_a_double(bench: Bench) -> None:
    response = requests.Response()
    response.status_code, response._content = 201, b'{"id": 7}'
    with patch("requests.post", return_value=response):
        with bench.fault("reply.null-field", "id"):
            odd = requests.post(URL, timeout=1)
        assert (odd.status_code, odd.json()) == (201, {"id": None})
        assert requests.post(URL, timeout=1).json() == {"id": 7}, "the test's own response is left alone"


def test_a_spy_is_one_call(bench: Bench, mocker: MockerFixture) -> None:
    import responses

    spy = mocker.spy(requests, "get")
    with responses.RequestsMock() as server:
        server.get(URL, json=REPLY)
        assert requests.get(URL, timeout=3).json() == REPLY
    assert spy.call_count == len(bench.calls) == 1
    assert json.loads(bench.calls[0].reply or "") == REPLY


def test_pytest_mock(bench: Bench, mocker: MockerFixture) -> None:
    mocker.patch("requests.get", return_value=answer())
    mocker.patch.object(httpx.Client, "post", return_value=answer())
    requests.get(URL, timeout=1)
    httpx.Client().post(URL)
    assert [(call.seam, call.operation[:4]) for call in bench.calls] == [
        ("requests", "GET "),
        ("httpx", "POST"),
    ]
    mocker.stopall()
    assert doubles.remembered == {}


def test_other_doubles_are_left_alone(bench: Bench) -> None:
    with patch("json.dumps"), patch("requests.utils.quote"), patch.object(stand_ins_requests, "VERBS"):
        json.dumps(1)
        requests.utils.quote("x")
    double = MagicMock()
    double.get(URL)
    assert bench.calls == []


def test_a_retry_policy_of_the_patched_session(bench: Bench) -> None:
    session = requests.Session()
    session.mount("https://", requests.adapters.HTTPAdapter(max_retries=2))
    with patch.object(session, "get", return_value=answer()):
        with bench.fault("http.connection-reset"):
            assert session.get(URL, timeout=1).json() == REPLY
        assert len(bench.struck) == 1


def test_a_class_that_is_patched_by_a_fake_is_put_back(bench: Bench) -> None:
    class Fake:
        def get(self, url: str) -> Reply:
            return Reply()

    own = Fake.get
    with patch("requests.Session", Fake):
        requests.Session().get(URL)
        assert Fake.__dict__["get"] is not own
    assert Fake.__dict__["get"] is own
    assert len(bench.calls) == 1


# ---------------------------------------------------------------------- httpx
@pytest.fixture(params=[httpx, httpx2], ids=["httpx", "httpx2"])
def lib(request: pytest.FixtureRequest) -> Any:
    return request.param


def h_get(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch.object(lib, "get", return_value=answer()))
    return lambda: lib.get(URL, timeout=3)


def h_method(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    stack.enter_context(patch.object(lib.Client, "get", return_value=answer()))
    return lambda: lib.Client(trust_env=False, verify=False).get(URL, timeout=3)


def h_class(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch.object(lib, "Client"))
    double.return_value.__enter__.return_value.get.return_value = answer()

    def act() -> Any:
        with lib.Client(base_url="https://api.example.com/v1", timeout=3) as client:
            return client.get("orders/12")

    return act


def h_monkeypatch(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(lib.Client, "get", lambda self, url, **kwargs: Reply())
    client = lib.Client(base_url="https://api.example.com/v1", timeout=3, trust_env=False, verify=False)
    return lambda: client.get("/orders/12")


def h_fake_class(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    class FakeClient:
        base_url = "https://api.example.com"

        def __enter__(self) -> FakeClient:
            return self

        def __exit__(self, *exc: object) -> None:
            return None

        def get(self, url: str, timeout: float) -> Reply:
            return Reply()

    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(lib, "Client", FakeClient)

    def act() -> Any:
        with lib.Client() as client:
            return client.get("/v1/orders/12", timeout=3)

    return act


def h_async(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch.object(lib.AsyncClient, "get", return_value=answer()))
    assert isinstance(double, AsyncMock)

    async def run() -> Any:
        async with lib.AsyncClient(trust_env=False, verify=False) as client:
            return await client.get(URL, timeout=3)

    return lambda: asyncio.run(run())


def h_async_class(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    double = stack.enter_context(patch.object(lib, "AsyncClient"))
    double.return_value.__aenter__.return_value.get = AsyncMock(return_value=answer())

    async def run() -> Any:
        async with lib.AsyncClient(timeout=3) as client:
            return await client.get(URL)

    return lambda: asyncio.run(run())


def h_async_function(lib: Any, stack: contextlib.ExitStack) -> Callable[[], Any]:
    async def get(self: Any, url: str, **kwargs: Any) -> Reply:
        return Reply()

    monkeypatch = stack.enter_context(pytest.MonkeyPatch.context())
    monkeypatch.setattr(lib.AsyncClient, "get", get)

    async def run() -> Any:
        async with lib.AsyncClient(trust_env=False, verify=False) as client:
            return await client.get(URL, timeout=3)

    return lambda: asyncio.run(run())


HTTPX = [h_get, h_method, h_class, h_monkeypatch, h_fake_class, h_async, h_async_class, h_async_function]


@pytest.mark.parametrize("way", HTTPX)
def test_httpx(bench: Bench, lib: Any, way: Any) -> None:
    before = (dict(vars(lib)), dict(vars(lib.Client)), dict(vars(lib.AsyncClient)))
    with contextlib.ExitStack() as stack:
        act = way(lib, stack)
        assert act().json() == REPLY
        (call,) = bench.calls
        assert (call.seam, call.operation, call.statement) == (lib.__name__, GET, URL)
        assert (call.timeout, call.waits_for_ever) == (3.0, False)
        assert json.loads(call.reply or "") == REPLY

        injected = bench.struck_by("http.connection-refused", act)
        assert type(injected) is lib.ConnectError
        assert injected.request.url == URL
        with bench.fault("http.unavailable"):
            refused = act()
        assert isinstance(refused, lib.Response)
        assert (refused.status_code, refused.request.url) == (503, URL)
        assert refused.text.startswith("<html>")
        with bench.fault("reply.html"), pytest.raises(json.JSONDecodeError):
            act().json()
        with bench.fault("http.read-timeout"), pytest.raises(lib.ReadTimeout):
            act()
        assert bench.clock.passed == [3.0]
        assert len(bench.calls) == 5
    assert before == (dict(vars(lib)), dict(vars(lib.Client)), dict(vars(lib.AsyncClient)))
    assert doubles.remembered == {}
    assert stand_ins._undo == {}


def test_httpx_timeouts(bench: Bench, lib: Any) -> None:
    with patch.object(lib, "get"), patch.object(lib, "Client"):
        lib.get(URL)
        lib.get(URL, timeout=None)
        lib.get(URL, timeout=lib.Timeout(4, read=None))
        lib.Client(timeout=None).get(URL)
        lib.Client(timeout=None).get(URL, timeout=2)
    assert [call.waits_for_ever for call in bench.calls] == [False, True, True, True, False]
    assert [call.timeout for call in bench.calls] == [5.0, None, None, None, 2.0]


def test_a_stream(bench: Bench, lib: Any) -> None:
    def act() -> int:
        with lib.stream("GET", URL) as response:
            return int(response.status_code)

    with patch.object(lib, "stream") as stream:
        stream.return_value.__enter__.return_value.status_code = 200
        assert act() == 200
        with bench.fault("http.server-error"):
            assert act() == 500
    assert [call.operation for call in bench.calls] == [GET, GET]


def test_a_double_that_cannot_be_awaited_still_cannot(bench: Bench, lib: Any) -> None:
    async def run() -> None:
        await lib.AsyncClient().get(URL)

    with patch.object(lib, "AsyncClient") as double:
        double.return_value.get = MagicMock(return_value=object())
        with pytest.raises(TypeError, match="await"):
            asyncio.run(run())


# ---------------------------------------------------------------------- sqlite3
def work(path: str = "shop.db") -> Any:
    conn = sqlite3.connect(path)
    conn.execute("SELECT * FROM items")
    conn.cursor().execute("INSERT INTO orders VALUES (1)")
    conn.commit()
    conn.commit()
    conn.close()


def test_sqlite(bench: Bench) -> None:
    with patch("sqlite3.connect") as double:
        work()
        assert double.return_value.commit.call_count == 2
    assert [(call.seam, call.kind, call.operation) for call in bench.calls] == [
        ("sqlite3", "connect", "connect"),
        ("sqlite3", "read", "read items"),
        ("sqlite3", "write", "write orders"),
        ("sqlite3", "commit", "commit"),
        ("sqlite3", "commit", "commit"),
    ]
    assert [call.failable for call in bench.calls] == [True, True, True, True, False]
    assert {call.target for call in bench.calls} == {"shop.db"}


@pytest.mark.parametrize(
    ("fault", "text"),
    [
        ("db.connection-refused", "unable to open database file"),
        ("db.connection-dropped", "disk I/O error"),
        ("db.locked", "database is locked"),
        ("db.disk-full", "database or disk is full"),
        ("db.read-only", "attempt to write a readonly database"),
        ("db.commit-lost", "disk I/O error"),
    ],
)
def test_sqlite_faults(bench: Bench, fault: str, text: str) -> None:
    with patch("sqlite3.connect"):
        injected = bench.struck_by(fault, work)
    assert (type(injected), str(injected)) == (sqlite3.OperationalError, text)


def test_sqlite_module_and_context(bench: Bench) -> None:
    app = application()
    with patch.object(app, "sqlite3") as double:
        double.connect.return_value.__enter__.return_value = double.connect.return_value
        with app.sqlite3.connect("a.db") as conn:
            conn.executemany("INSERT INTO t VALUES (?)", [(1,)])
    assert [call.kind for call in bench.calls] == ["connect", "write", "commit"]


def test_a_function_in_place_of_connect(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> None:
    real = sqlite3.connect
    monkeypatch.setattr(sqlite3, "connect", lambda path: real(":memory:"))
    conn = sqlite3.connect("shop.db")
    conn.execute("CREATE TABLE t (x)")
    assert [call.kind for call in bench.calls] == ["connect", "write"]
    injected = bench.struck_by("db.connection-refused", lambda: sqlite3.connect("shop.db"))
    assert str(injected) == "unable to open database file"
