import logging
import time

import requests

log = logging.getLogger("postcodes")


class PostcodeError(Exception):
    pass


def postcode(code):
    reply = None
    for pause in (0, 0.5, 2):
        time.sleep(pause)
        try:
            reply = requests.get(f"https://post.example/{code}", timeout=(2, 6))
        except requests.RequestException as exc:
            log.warning("post office: %s", type(exc).__name__)
            continue
        if reply.ok or reply.status_code < 500:
            break
    if reply is None or not reply.ok:
        raise PostcodeError("the post office is closed")
    try:
        places = reply.json()["places"]
    except (ValueError, KeyError, TypeError) as exc:
        raise PostcodeError("the post office talks nonsense") from exc
    if not isinstance(places, list):
        raise PostcodeError("the post office talks nonsense")
    return places
