import pytest

from app import BadToken, issue, user_of


def test_round_trip():
    assert user_of(issue(7)) == 7


def test_forged():
    with pytest.raises(BadToken):
        user_of(issue(7)[:-1] + b"?")
