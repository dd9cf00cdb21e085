import json

from app import publish


def test_publish(httpserver):
    httpserver.expect_request("/pages/about", method="PUT").respond_with_data(status=204)
    assert publish(httpserver.url_for(""), "about", "We sell tea.") == "published"
    request, _ = httpserver.log[-1]
    assert json.loads(request.data) == {"text": "We sell tea."}
