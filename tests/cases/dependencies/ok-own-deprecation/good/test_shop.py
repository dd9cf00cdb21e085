import pytest

from shop import cost, price


def test_cost():
    with pytest.warns(DeprecationWarning):
        assert cost(2) == price(2)
