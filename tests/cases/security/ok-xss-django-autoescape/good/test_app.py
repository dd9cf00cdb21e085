import pytest

import app  # noqa: F401
from django.test import Client


@pytest.mark.parametrize("path", ["/search", "/cell", "/suggest"])
def test_tea(path):
    assert b"tea" in Client().get(path, {"q": "tea"}).content
