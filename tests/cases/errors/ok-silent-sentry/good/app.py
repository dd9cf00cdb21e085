import requests
import sentry_sdk


def quote():
    try:
        reply = requests.get("https://quotes.example/today", timeout=3)
        reply.raise_for_status()
        return reply.json()["text"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        sentry_sdk.capture_exception(exc)
        return "Carry on."
