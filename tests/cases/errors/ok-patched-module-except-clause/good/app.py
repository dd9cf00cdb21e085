import requests


class PriceError(Exception):
    pass


def share_price(symbol):
    try:
        reply = requests.get("https://prices.example/latest", params={"symbol": symbol}, timeout=5)
    except requests.RequestException as exc:
        raise PriceError("no price") from exc
    if reply.status_code != 200:
        raise PriceError(f"no price: {reply.status_code}")
    try:
        cents = reply.json()["cents"]
    except (ValueError, KeyError, TypeError) as exc:
        raise PriceError("no price") from exc
    if not isinstance(cents, int):
        raise PriceError("no price")
    return cents
