import requests

SERVICE = "https://quotes.example/v1/premium"


class QuoteError(Exception):
    pass


def quote(product, age):
    """The premium in cents that the insurer asks; computed by him, nothing is stored."""
    if age < 18:
        raise QuoteError("too young")
    try:
        reply = requests.post(SERVICE, json={"product": product, "age": age}, timeout=(3, 30))
    except requests.RequestException as exc:
        raise QuoteError("the insurer does not answer") from exc
    if reply.status_code != 200:
        raise ValueError("the insurer sent no quote")
    try:
        premium = reply.json()["premium_cents"]
    except (ValueError, KeyError, TypeError) as exc:
        raise QuoteError("the insurer answers nonsense") from exc
    if not isinstance(premium, int) or premium <= 0:
        raise QuoteError("the insurer answers nonsense")
    return premium
