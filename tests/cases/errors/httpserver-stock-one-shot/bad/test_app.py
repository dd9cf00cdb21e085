from app import can_deliver


def test_enough(httpserver):
    httpserver.expect_oneshot_request("/stock/A1").respond_with_json({"pieces": 4})
    assert can_deliver(httpserver.url_for(""), "A1", 3)
    httpserver.check_assertions()


def test_too_few(httpserver):
    httpserver.expect_ordered_request("/stock/A1").respond_with_json({"pieces": 1})
    assert not can_deliver(httpserver.url_for(""), "A1", 3)
    httpserver.check_assertions()
    assert len(httpserver.log) == 1
