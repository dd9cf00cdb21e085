"""Is there a newer version of us? Standard library only."""
import http.client
import json
import logging
import re
import urllib.error
import urllib.request

log = logging.getLogger("updates")


def newest(url):
    """The newest version as a tuple, or None if nobody knows."""
    request = urllib.request.Request(url, headers={"Accept": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=5) as reply:
            version = json.load(reply)["version"]
        return tuple(int(part) for part in re.fullmatch(r"(\d{1,4})\.(\d{1,4})\.(\d{1,4})", version).groups())
    except (OSError, http.client.HTTPException, ValueError, KeyError, TypeError, AttributeError) as exc:
        log.warning("no update check: %s", type(exc).__name__)
        return None
