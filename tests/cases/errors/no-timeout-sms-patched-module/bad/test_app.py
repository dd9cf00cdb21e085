import unittest
from unittest.mock import patch

from app import SmsError, send_code


class SendCodeTest(unittest.TestCase):
    @patch("app.requests")
    def test_send(self, requests):
        requests.post.return_value.status_code = 202
        requests.post.return_value.json.return_value = {"id": "m-1", "state": "queued"}
        self.assertEqual(send_code("+41790000000", "1234"), "m-1")
        requests.post.assert_called_once()

    def test_bad_number(self):
        with self.assertRaises(SmsError):
            send_code("call me", "1234")
