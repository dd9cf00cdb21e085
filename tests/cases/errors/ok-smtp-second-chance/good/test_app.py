from unittest.mock import patch

import pytest

from app import CodeMailer


@pytest.fixture
def smtp():
    with patch("smtplib.SMTP", autospec=True) as smtp:
        yield smtp


def test_send(smtp):
    CodeMailer("mail.example.org", "codes@example.org", "pw").send("ann@example.org", "1234")
    session = smtp.return_value.__enter__.return_value
    session.starttls.assert_called_once()
    assert session.sendmail.call_args.args[1] == ["ann@example.org"]
