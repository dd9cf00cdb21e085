from app import title


def test_title(httpserver):
    httpserver.expect_request("/books/3446207").respond_with_json({"title": "Der Turm", "year": 2008})
    assert title("3446207", httpserver.url_for("")) == "Der Turm"


def test_unknown(httpserver):
    httpserver.expect_request("/books/1").respond_with_data(status=404)
    assert title("1", httpserver.url_for("")) is None
    httpserver.check_assertions()
