"""Sends a code by mail; a greylisting server gets a second chance."""
import logging
import smtplib
import time
from email.mime.text import MIMEText

log = logging.getLogger("codes")


class NotSent(Exception):
    pass


class CodeMailer:
    def __init__(self, host, user, password):
        self.host, self.user, self.password = host, user, password

    def _deliver(self, address, text):
        mail = MIMEText(text)
        mail["To"], mail["From"], mail["Subject"] = address, self.user, "Your code"
        with smtplib.SMTP(self.host, 587, timeout=10) as smtp:
            smtp.starttls()
            smtp.login(self.user, self.password)
            smtp.sendmail(self.user, [address], mail.as_string())

    def send(self, address, code):
        for wait in (5, None):
            try:
                return self._deliver(address, f"Your code is {code}.")
            except smtplib.SMTPRecipientsRefused as exc:
                raise NotSent("this address takes no mail") from exc
            except (OSError, smtplib.SMTPException) as exc:
                log.warning("mail server: %s", type(exc).__name__)
                if wait is None:
                    raise NotSent("mail is not available") from exc
                time.sleep(wait)
