"""Messages to customers. They are worth trying again later, and not worth failing an order for."""

import logging

import requests

from .replies import BadReply, read

URL = "https://api.notify.example/v1"
TIMEOUT = (3, 5)

session = requests.Session()

log = logging.getLogger(__name__)


def send(to, subject, key):
    """Whether the message service took the message."""
    try:
        response = session.post(
            f"{URL}/messages",
            json={"to": to, "subject": subject},
            headers={"Idempotency-Key": key},
            timeout=TIMEOUT,
        )
        read(response, id=str)
    except (requests.RequestException, BadReply) as error:
        log.warning("Message %s was not sent", key, exc_info=error)
        return False
    return True
