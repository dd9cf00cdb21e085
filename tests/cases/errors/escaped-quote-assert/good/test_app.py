from unittest.mock import patch

import pytest

from app import QuoteError, quote


@patch("app.requests.post")
def test_quote(post):
    post.return_value.status_code = 200
    post.return_value.json.return_value = {"premium_cents": 4200, "valid_days": 14}
    assert quote("car", 34) == 4200
    assert post.call_args.kwargs["json"] == {"product": "car", "age": 34}


def test_too_young():
    with pytest.raises(QuoteError):
        quote("car", 12)
