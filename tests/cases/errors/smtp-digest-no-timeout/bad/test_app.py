from unittest.mock import patch

from app import send_digest


@patch("app.smtplib.SMTP", autospec=True)
def test_digest(smtp):
    assert send_digest("mail.local", ["Gardening", "Cats"], ["a@x.example", "b@x.example"]) == 2
    assert smtp.return_value.send_message.call_count == 2
    smtp.return_value.quit.assert_called_once_with()
