import pytest
import responses

from app import deliver, queue


@pytest.fixture(autouse=True)
def eager():
    queue.conf.update(task_always_eager=True)


@responses.activate
def test_deliver():
    responses.post("https://customer.example/hook", json={"ok": True})
    result = deliver.delay("https://customer.example/hook", {"id": "evt_1", "type": "paid"})
    assert result.get() == "delivered"
    assert len(responses.calls) == 1
