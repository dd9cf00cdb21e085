"""Alerts to several channels: one that cannot be reached does not keep the others from being told."""

import logging

import requests

log = logging.getLogger(__name__)
ENDPOINT = "https://chat.example/api/v2/channels"


class Alerts:
    def __init__(self, token: str, channels: list[str]) -> None:
        self.token = token
        self.channels = channels

    def send(self, channel: str, text: str) -> bool:
        try:
            response = requests.post(
                f"{ENDPOINT}/{channel}/message",
                json={"text": text},
                headers={"Authorization": f"Bearer {self.token}"},
                timeout=5,
            )
        except requests.RequestException as exc:
            log.warning("%s was not told: %s", channel, exc)
            return False
        if response.status_code not in (200, 204):
            log.warning("%s was not told: status %d", channel, response.status_code)
            return False
        return True

    def notify(self, text: str) -> bool:
        """Whether all channels were told."""
        return all([self.send(channel, text) for channel in self.channels])

    def deliver(self, text: str) -> tuple[bool, str]:
        """Whether all channels were told, and a line for the audit log."""
        done = self.notify(text)
        return done, "sent" if done else "not sent to everybody"
