from alerts.config import MailConfig
from alerts.mailer import send_alert


def test_alert(smtp_server):
    config = MailConfig("127.0.0.1", smtp_server.server_address[1])
    send_alert(config, "ops@example.org", "disk is full", "please look")
    assert "Subject: disk is full" in smtp_server.messages[0]
