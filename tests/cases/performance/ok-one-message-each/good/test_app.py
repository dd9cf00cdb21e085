import pytest

from app import Worker


@pytest.fixture
def worker(tmp_path):
    worker = Worker(tmp_path / "seen.db")
    yield worker
    worker.close()


def test_each_message_once(worker):
    for number in (1, 2, 3, 4, 1):
        worker.handle({"id": number, "text": "tea"})
    assert [worker.handle({"id": number, "text": "tea"}) for number in (4, 5, 6, 7)] == [False, True, True, True]
