import unittest
from unittest.mock import patch

from app import PriceFeed


class FakeResponse:
    status_code = 200

    def __init__(self, data):
        self.data = data

    def raise_for_status(self):
        pass

    def json(self):
        return self.data


class PriceFeedTest(unittest.TestCase):
    def setUp(self):
        self.feed = PriceFeed("https://prices.example")

    def test_latest(self):
        with patch("requests.get", return_value=FakeResponse({"symbol": "ACME", "cents": 1250})) as get:
            self.assertEqual(self.feed.latest("ACME"), 1250)
        self.assertEqual(get.call_args.args, ("https://prices.example/latest",))

    def test_bad_symbol(self):
        with self.assertRaises(ValueError):
            self.feed.latest("not a symbol")


if __name__ == "__main__":
    unittest.main()
