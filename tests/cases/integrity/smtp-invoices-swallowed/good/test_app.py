import json

import pytest
from click.testing import CliRunner

from app import invoices


class FakeSMTP:
    sent = []

    def __init__(self, host, port=25, timeout=None):
        self.host = host

    def __enter__(self):
        return self

    def __exit__(self, *exc_info):
        return None

    def send_message(self, message):
        self.sent.append(message["To"])


@pytest.fixture(autouse=True)
def smtp(monkeypatch):
    monkeypatch.setattr(FakeSMTP, "sent", [])
    monkeypatch.setattr("smtplib.SMTP", FakeSMTP)


def test_send(tmp_path):
    path = tmp_path / "due.json"
    path.write_text(json.dumps([{"number": 1, "email": "a@x.example", "total": "10.00"}]))
    result = CliRunner().invoke(invoices, ["send", str(path)])
    assert result.exit_code == 0, result.output
    assert result.output == "1 invoices sent\n"
    assert FakeSMTP.sent == ["a@x.example"]
