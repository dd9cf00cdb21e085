"""Visibility at sea, which decides whether the fog signal of a lighthouse sounds."""
import http.client
import json
import logging
import time
import urllib.error
import urllib.request

log = logging.getLogger("lighthouse")
ATTEMPTS = 4


class NoReading(Exception):
    pass


def _get(url):
    with urllib.request.urlopen(url, timeout=5) as reply:
        return json.load(reply)


def patient_get(url):
    """GET, repeated with growing pauses while the network or the server is down."""
    delay = 0.5
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return _get(url)
        except urllib.error.HTTPError as exc:
            exc.close()
            if exc.code < 500 or attempt == ATTEMPTS:
                raise NoReading(f"status {exc.code}") from exc
            log.warning("attempt %s: status %s", attempt, exc.code)
        except (OSError, http.client.HTTPException) as exc:
            log.warning("attempt %s: %s", attempt, type(exc).__name__)
            if attempt == ATTEMPTS:
                raise NoReading("the sensor does not answer") from exc
        except ValueError as exc:
            raise NoReading("the sensor sent no JSON") from exc
        time.sleep(min(delay, 8))
        delay *= 2
    raise NoReading("the sensor does not answer")


def metres(base_url, light):
    reading = patient_get(f"{base_url}/lights/{light:d}/visibility")
    value = reading.get("metres") if isinstance(reading, dict) else None
    if type(value) is not int or value < 0:
        log.error("sensor sent no distance")
        raise NoReading("the sensor sent no distance")
    return value


def fog_signal(base_url, light):
    """Whether the horn sounds: also when nobody knows."""
    try:
        return metres(base_url, light) < 3700
    except NoReading as exc:
        log.error("horn on without a reading: %s", exc)
        return True
