import smtplib

import pytest

from app import Alarm


class Outbox(smtplib.SMTP):
    messages = []

    def connect(self, host="localhost", port=0, source_address=None):
        return 220, b"hello"

    def send_message(self, msg, *args, **kwargs):
        self.messages.append(msg)
        return {}

    def quit(self):
        return 221, b"bye"

    def __exit__(self, *args):
        self.close()


@pytest.fixture
def outbox(monkeypatch):
    monkeypatch.setattr(Outbox, "messages", [])
    monkeypatch.setattr("app.smtplib.SMTP", Outbox)
    return Outbox.messages


def test_alarm(outbox):
    Alarm().raise_("pump 3 is hot")
    assert outbox[0]["Subject"] == "pump 3 is hot"
