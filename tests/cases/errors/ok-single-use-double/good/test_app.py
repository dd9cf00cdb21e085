from unittest.mock import patch

from app import postcode


class FakeReply:
    ok = True
    status_code = 200

    @staticmethod
    def json():
        return {"places": ["Bern", "Muri"]}


@patch("requests.get", side_effect=[FakeReply()])
def test_postcode(get):
    assert postcode("3000") == ["Bern", "Muri"]
    assert get.call_count == 1
