import requests

BASE = "http://stock.internal.example:8080/v2"


def fetch(sku):
    reply = requests.get(f"{BASE}/items/{sku}", timeout=5)
    reply.raise_for_status()
    return int(reply.json()["quantity"])
