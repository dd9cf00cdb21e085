import app
from hypothesis import given, settings

from pytest_prodready import strategies


def test_index():
    assert app.app.test_client().get("/").text == "welcome"


@settings(max_examples=5, deadline=None)
@given(strategies.sql_injections("tea"))
def test_nobody_is_called_like_that(name):
    assert app.find(name) == []
