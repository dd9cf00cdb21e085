"""Books hotel rooms; only what certainly was not served is sent again."""
import logging
import time

import requests

log = logging.getLogger("hotel")
ROOMS = "https://hotel.example/bookings"


class BookingError(Exception):
    pass


def book(guest, nights):
    for pause in (1, 3, None):
        try:
            answer = requests.post(ROOMS, json={"guest": guest, "nights": nights}, timeout=(3, 20))
            if answer.status_code not in (429, 503):
                answer.raise_for_status()
                return answer.json()["booking"]
            log.warning("the hotel is busy")
        except requests.ConnectTimeout:
            log.warning("the hotel does not pick up")
        except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
            log.error("the booking of %s may have been made: %s", guest, type(exc).__name__)
            raise BookingError("please ring the hotel before you try again") from exc
        if pause is not None:
            time.sleep(pause)
    raise BookingError("the hotel is busy")
