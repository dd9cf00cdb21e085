from unittest.mock import Mock, patch

from app import order_milk


def test_order_milk():
    with patch("app.requests.post", return_value=Mock(status_code=201)) as post:
        assert len(order_milk(3)) == 32
    assert post.call_args.kwargs["json"]["items"] == [{"article": "milk", "pieces": 3}]
