import pytest

import app


def test_calculate():
    assert app.calculate("2 + 3 * 4") == 14


def test_no_sum():
    with pytest.raises(Exception):
        app.calculate("two")
