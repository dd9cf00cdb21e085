"""Orders coffee from the roaster."""
import json
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
    try:
        return _send(fields)
    except (OSError, HTTPException, ValueError, KeyError, TypeError) as exc:
        raise NotOrdered(f"{bags} bags: look at the roaster's page before you order again") from exc
