"""botocore: what is observed, above `Stubber` and on a server, and that its own errors and retries are met."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from pytest_prodready.seams import Seams
from pytest_prodready.seams import botocore as seam

from .conftest import Bench, Server

boto3: Any = pytest.importorskip("boto3")

from botocore import exceptions as errors  # noqa: E402
from botocore.config import Config  # noqa: E402
from botocore.stub import Stubber  # noqa: E402


@pytest.fixture
def aws(bench: Bench, monkeypatch: pytest.MonkeyPatch) -> Iterator[Bench]:
    seams = Seams([seam.SEAM])
    seams.install()
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        monkeypatch.setenv(name, "testing")
    monkeypatch.setattr("time.sleep", bench.clock.advance)
    yield bench
    seams.uninstall()


def client(url: str | None = None, attempts: int = 1, service: str = "s3") -> Any:
    config = Config(read_timeout=0.3, connect_timeout=2, retries={"total_max_attempts": attempts, "mode": "standard"})
    return boto3.client(service, region_name="eu-west-1", endpoint_url=url, config=config)


def raised(act: Any) -> BaseException:
    with pytest.raises(errors.BotoCoreError) as caught:
        act()
    return caught.value


def test_one_call_is_recorded(aws: Bench) -> None:
    s3 = client()
    with Stubber(s3) as stub:
        stub.add_response("put_object", {})
        stub.add_response("list_buckets", {"Buckets": []})
        s3.put_object(Bucket="b", Key="k", Body=b"x")
        s3.list_buckets()
    put, listing = aws.calls
    assert (put.seam, put.family, put.kind, put.effect, put.timeout) == ("botocore", "http", "request", True, 0.3)
    assert put.operation == "PUT s3.eu-west-1.amazonaws.com PutObject"
    assert (listing.operation.split()[-1], listing.effect) == ("ListBuckets", False)


@pytest.mark.parametrize(("fault", "path"), [("http.connection-reset", "/reset"), ("http.read-timeout", "/stall")])
def test_as_on_the_wire(aws: Bench, server: Server, fault: str, path: str) -> None:
    real = raised(lambda: client(server.url + path).list_buckets())
    with Stubber(s3 := client(server.url + path)) as stub:
        stub.add_response("list_buckets", {"Buckets": []})
        with aws.fault(fault), pytest.raises(errors.BotoCoreError) as caught:
            s3.list_buckets()
    assert type(caught.value) is type(real)
    assert str(caught.value).split("/reset")[0] == str(real).split("/reset")[0]
    assert type(caught.value.__context__) is type(real.__context__)


def test_refused(aws: Bench, closed_port: int) -> None:
    url = f"http://127.0.0.1:{closed_port}"
    real = raised(lambda: client(url).list_buckets())
    injected = aws.struck_by("http.connection-refused", lambda: client(url).list_buckets())
    assert (type(injected), str(injected)) == (type(real), str(real))
    assert type(injected.__context__) is type(real.__context__)


def test_its_own_retries_are_met(aws: Bench) -> None:
    """A transient failure is absorbed, an outage is tried as often as it is configured, with virtual waits."""
    with Stubber(s3 := client(attempts=3)) as stub:
        stub.add_response("list_buckets", {"Buckets": []})
        with aws.fault("http.connection-reset"):
            assert s3.list_buckets()["Buckets"] == []
    with aws.fault("http.unavailable"), pytest.raises(errors.ClientError) as caught:
        client(attempts=3).list_buckets()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == 503
    assert aws.struck[-1].tries == 3
    assert len(aws.clock.passed) >= 2


@pytest.mark.parametrize(("fault", "status"), [("rate-limited", 429), ("unauthorized", 401), ("server-error", 500)])
@pytest.mark.parametrize("service", ["s3", "sqs"])
def test_answers(aws: Bench, fault: str, status: int, service: str) -> None:
    act = {"s3": "list_buckets", "sqs": "list_queues"}[service]
    with aws.fault(f"http.{fault}"), pytest.raises(errors.ClientError) as caught:
        getattr(client(service=service), act)()
    assert caught.value.response["ResponseMetadata"]["HTTPStatusCode"] == status


def test_everything_is_put_back(aws: Bench) -> None:
    with Stubber(s3 := client()) as stub:
        for _ in range(2):
            stub.add_response("list_buckets", {"Buckets": []})
        with aws.fault("http.connection-refused"), pytest.raises(errors.EndpointConnectionError):
            s3.list_buckets()
        assert s3.list_buckets()["Buckets"] == []
