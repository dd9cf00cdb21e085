import json
import logging
import urllib.error
import urllib.request
from http.client import HTTPException

log = logging.getLogger("consent")


class ConsentNotStored(Exception):
    pass


def withdraw(person):
    """Tell the newsletter service that a person wants no mail any more."""
    body = json.dumps({"person": person, "newsletter": False}).encode()
    request = urllib.request.Request(
        "https://consent.example/v1/consents", data=body, headers={"Content-Type": "application/json"}, method="PUT"
    )
    try:
        with urllib.request.urlopen(request, timeout=10) as response:
            response.read()
    except (OSError, HTTPException) as exc:
        log.error("consent of %s was not stored: %s", person, exc)
    return {"person": person, "newsletter": False}
