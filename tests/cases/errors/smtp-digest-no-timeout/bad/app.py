"""Weekly digest of a forum, sent by mail."""
import smtplib
from contextlib import contextmanager
from email.message import EmailMessage


class DigestError(Exception):
    pass


@contextmanager
def connect(host):
    smtp = smtplib.SMTP(host, 25)
    try:
        yield smtp
    finally:
        smtp.quit()


def compose(topics, address):
    message = EmailMessage()
    message["From"] = "digest@forum.example"
    message["To"] = address
    message["Subject"] = f"{len(topics)} new topics"
    message.set_content("\n".join(f"* {topic}" for topic in topics))
    return message


def send_digest(host, topics, addresses):
    """Sends the digest and says how many were sent."""
    sent = 0
    try:
        with connect(host) as smtp:
            for address in addresses:
                smtp.send_message(compose(topics, address))
                sent += 1
    except (OSError, smtplib.SMTPException) as exc:
        raise DigestError(f"only {sent} of {len(addresses)} digests were sent") from exc
    return sent
