import json

import pytest

from app import Pager


@pytest.fixture
def pager(httpserver):
    httpserver.expect_request("/pages", method="POST").respond_with_json({"id": "p-1"}, status=202)
    return Pager(httpserver.url_for(""), "secret")


def test_page(pager, httpserver):
    assert pager.page("storage", "disk is full") == {"team": "storage", "paged": True}
    request, _ = httpserver.log[0]
    assert json.loads(request.data) == {"team": "storage", "text": "disk is full"}
    assert request.headers["Authorization"] == "Bearer secret"
