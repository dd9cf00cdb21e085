import httpx
import pytest

from app import Notifier


@pytest.fixture
def notifier():
    with httpx.Client(transport=httpx.MockTransport(lambda request: httpx.Response(202))) as client:
        yield Notifier(client)


def test_tell(notifier):
    assert notifier.tell(["Ann", "Ben", "Cleo", "Dora", "Eve", "Finn"], "tea is ready") == 6
