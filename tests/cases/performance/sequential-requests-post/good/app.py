import logging

import httpx

log = logging.getLogger(__name__)


class NotSent(Exception):
    """Nobody could be told."""


class Notifier:
    def __init__(self, client):
        self.client = client

    def post(self, body):
        try:
            self.client.post("https://push.example/messages", json=body, timeout=5).raise_for_status()
        except httpx.HTTPError as exc:
            log.error("not sent: %s", exc)
            raise NotSent from exc

    def tell(self, names, text):
        for start in range(0, len(names), 2):
            self.post({"to": names[start : start + 2], "text": text})
        return len(names)
