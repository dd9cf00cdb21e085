"""Tokenises cards at a vault."""
import logging

import requests

logger = logging.getLogger("vault")
logger.setLevel(logging.DEBUG)


class VaultError(Exception):
    pass


class CardVault:
    def __init__(self, base_url, session=None):
        self.base_url = base_url.rstrip("/")
        self.session = session or requests.Session()

    def tokenize(self, card_number, expiry):
        logger.info("tokenizing card ending in %s", card_number[-4:])
        try:
            reply = self.session.post(
                f"{self.base_url}/tokens", json={"number": card_number, "expiry": expiry}, timeout=(3, 10)
            )
            reply.raise_for_status()
            return str(reply.json()["token"])
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            logger.error("vault failed: %s", type(exc).__name__)
            raise VaultError("the card could not be stored") from exc
