import requests
import warnings


def quote():
    try:
        reply = requests.get("https://quotes.example/today", timeout=3)
        reply.raise_for_status()
        return reply.json()["text"]
    except (requests.RequestException, ValueError, KeyError, TypeError) as exc:
        warnings.warn(f"no quote today: {type(exc).__name__}", stacklevel=2)
        return "Carry on."
