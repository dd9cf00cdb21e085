import logging
import smtplib
from email.message import EmailMessage

log = logging.getLogger(__name__)


class NotSent(Exception):
    pass


def send_alert(config, recipient, subject, text):
    message = EmailMessage()
    message["From"] = config.sender
    message["To"] = recipient
    message["Subject"] = subject
    message.set_content(text)
    try:
        with smtplib.SMTP(config.host, config.port, timeout=config.timeout) as server:
            server.send_message(message)
    except (smtplib.SMTPException, OSError) as exc:
        log.error("alert was not sent: %s", type(exc).__name__)
        raise NotSent(recipient) from exc
