"""Alarms by mail."""
import logging
import smtplib
import time
from email.message import EmailMessage

log = logging.getLogger("alarm")


class NoAlarm(Exception):
    pass


class Alarm:
    def __init__(self, host="relay.internal"):
        self.host = host

    def raise_(self, what):
        message = EmailMessage()
        message["From"] = "alarm@plant.example"
        message["To"] = "watch@plant.example, chief@plant.example"
        message["Subject"] = what
        for attempt in range(8):
            try:
                with smtplib.SMTP(self.host, timeout=5) as smtp:
                    smtp.send_message(message)
                return
            except (OSError, smtplib.SMTPException) as exc:
                log.warning("attempt %d: %s", attempt + 1, type(exc).__name__)
                time.sleep(2 ** attempt)
        raise NoAlarm(what)
