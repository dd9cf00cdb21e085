import logging
import time

import requests

log = logging.getLogger("config")


class ConfigError(Exception):
    pass


def load_config(name):
    """The service is restarted now and then, so try again."""
    for delay in (0.5, 1, 2, 4, None):
        try:
            reply = requests.get(f"https://config.example/{name}", timeout=2)
            if 400 <= reply.status_code < 500 and reply.status_code != 429:
                raise ConfigError(f"the config service refuses: {reply.status_code}")
            reply.raise_for_status()
            config = reply.json()
            break
        except requests.RequestException as exc:
            log.warning("no config yet: %s", type(exc).__name__)
            if delay is None:
                raise ConfigError("the config service does not answer") from exc
            time.sleep(delay)
    if not isinstance(config, dict) or not isinstance(config.get("currency"), str):
        raise ConfigError("the config is incomplete")
    return config
