"""Orders coffee from the roaster."""
import json
import time
import urllib.error
import urllib.parse
import urllib.request
from http.client import HTTPException

ROASTER = "https://roaster.example/orders"


class NotOrdered(Exception):
    pass


def _send(fields):
    request = urllib.request.Request(ROASTER, data=urllib.parse.urlencode(fields).encode(), method="POST")
    with urllib.request.urlopen(request, timeout=8) as answer:
        return json.load(answer)["number"]


def order(bags):
    fields = {"bags": bags, "grind": "whole"}
    for pause in (1, 5):
        try:
            return _send(fields)
        except (OSError, HTTPException, ValueError, KeyError, TypeError):
            time.sleep(pause)
    try:
        return _send(fields)
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as exc:
        raise NotOrdered(f"{bags} bags") from exc
