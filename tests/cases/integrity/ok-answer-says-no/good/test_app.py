from unittest import mock

from alerts import Alerts


def answer(status=200):
    return mock.Mock(status_code=status, content=b"")


@mock.patch("requests.post")
def test_everybody_is_told(post):
    post.return_value = answer()
    assert Alerts("token", ["general", "operations"]).notify("disk is full") is True


@mock.patch("requests.post")
def test_one_channel_is_gone(post):
    post.side_effect = [answer(404), answer()]
    assert Alerts("token", ["gone", "billing"]).notify("disk is full") is False
    assert post.call_count == 2


@mock.patch("requests.post")
def test_delivery_to_a_channel_that_is_gone(post):
    post.side_effect = [answer(404), answer()]
    assert Alerts("token", ["gone", "sales"]).deliver("disk is full") == (False, "not sent to everybody")
