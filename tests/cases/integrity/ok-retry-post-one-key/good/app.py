import logging
import time

import requests

log = logging.getLogger("courier")
SERVICE = "https://courier.example/bookings"
FINAL = (400, 401, 402, 403, 404, 409, 422)


class NotBooked(Exception):
    pass


def book_courier(parcel):
    """Asks three times, always under the same key: the courier comes once."""
    problem = None
    for pause in (0, 1, 3):
        time.sleep(pause)
        try:
            reply = requests.post(SERVICE, json={"parcel": parcel}, headers={"Idempotency-Key": parcel}, timeout=(3, 30))
        except requests.RequestException as exc:
            problem = type(exc).__name__
        else:
            if reply.ok:
                return {"parcel": parcel, "booked": True}
            problem = f"status {reply.status_code}"
            if reply.status_code in FINAL:
                break
        log.warning("courier for %s: %s", parcel, problem)
    raise NotBooked(f"no courier for {parcel}: {problem}")
