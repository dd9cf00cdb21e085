"""What the documentation says of injected and real failures is what the tests compare."""

from __future__ import annotations

from .live.known import KNOWN
from .live.page import PAGE, pairs, text


def test_the_page_is_up_to_date() -> None:
    assert PAGE.read_text() == text(), "python -m tests.seams.live.page writes it anew"


def test_nearly_all_agree() -> None:
    """Each pair that is not known to differ has a test of its own that fails if it does."""
    found = pairs()
    assert set(KNOWN) <= set(found)
    assert len(found) - len(KNOWN) >= 0.98 * len(found)
