import json
import logging

import urllib3

log = logging.getLogger("flags")
http = urllib3.PoolManager(timeout=urllib3.Timeout(total=2), retries=urllib3.Retry(2, backoff_factor=0.1))
DEFAULTS = {"new_cart": False}


def enabled(flag):
    """A flag is off when nobody can tell."""
    try:
        response = http.request("GET", "https://flags.example/v1/flags")
        if response.status != 200:
            raise ValueError(f"status {response.status}")
        flags = json.loads(response.data)["flags"]
        return bool(flags.get(flag, False))
    except (urllib3.exceptions.HTTPError, ValueError, KeyError, TypeError, AttributeError) as exc:
        log.warning("flags: %s", exc)
        return DEFAULTS.get(flag, False)
