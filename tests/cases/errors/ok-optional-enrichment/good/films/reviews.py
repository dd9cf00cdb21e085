import logging

import httpx

log = logging.getLogger("films.reviews")


def stars(number):
    """Nice to have: a page without stars is a page."""
    try:
        reply = httpx.get(f"https://reviews.example/films/{number}", timeout=1)
        if reply.status_code != 200:
            log.warning("no stars: status %s", reply.status_code)
            return None
        review = reply.json()
    except (httpx.HTTPError, ValueError) as exc:
        log.warning("no stars: %s", type(exc).__name__)
        return None
    given = review.get("stars") if isinstance(review, dict) else None
    if not isinstance(given, int) or not 0 <= given <= 5:
        log.warning("no stars: odd review")
        return None
    return given
