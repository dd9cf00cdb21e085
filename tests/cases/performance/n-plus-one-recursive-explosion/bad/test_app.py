import pytest

from parts import Workshop
from store import Store


@pytest.fixture
def workshop(tmp_path):
    store = Store(tmp_path / "organ.db")
    store.add(
        [
            ("organ", "manual", 2), ("organ", "bellows", 1), ("organ", "rank", 3), ("organ", "bench", 1),
            ("manual", "key", 56), ("key", "spring", 1), ("rank", "pipe", 56), ("bellows", "spring", 4),
        ]
    )  # fmt: skip
    yield Workshop(store)
    store.close()


def test_needs(workshop):
    needs = workshop.needs("organ")
    assert needs["pipe"] == 168
    assert needs["spring"] == 116
    assert "organ" not in needs


def test_missing(workshop):
    assert workshop.missing("bellows", {"spring": 1}) == {"spring": 3}
