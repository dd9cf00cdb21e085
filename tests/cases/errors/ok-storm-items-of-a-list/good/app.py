import logging

import requests

log = logging.getLogger(__name__)


def notify(devices, text):
    """Tell every device; gives those that were not reached."""
    missed = []
    for device in devices:
        try:
            reply = requests.post("https://push.example/send", json={"to": device, "text": text}, timeout=5)
            reply.raise_for_status()
        except requests.RequestException as exc:
            log.error("device %s was not told: %s", device, type(exc).__name__)
            missed.append(device)
    return missed
