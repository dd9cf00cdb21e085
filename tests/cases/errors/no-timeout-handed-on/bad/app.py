"""A client of a shop's API."""

import requests

BASE = "https://shop.example"


class ShopError(Exception):
    pass


def ask(path, **options):
    try:
        reply = requests.get(BASE + path, **options)
        reply.raise_for_status()
        return reply.json()
    except (requests.RequestException, ValueError) as exc:
        raise ShopError(f"{path} cannot be read") from exc


def price(name):
    answer = ask(f"/prices/{name}")
    if not isinstance(answer, dict) or not isinstance(answer.get("cents"), int):
        raise ShopError("that is no price")
    return answer["cents"]
