import requests

PAYMENTS_API = "https://api.payments.example/v1"


def charge_customer(email, amount):
    """Charge the customer and return the charge id."""
    response = requests.post(
        f"{PAYMENTS_API}/charges",
        json={"customer": email, "amount": amount, "currency": "EUR"},
    )
    return response.json()["id"]


def refund_charge(charge_id):
    """Refund a charge and return the refund id."""
    response = requests.post(f"{PAYMENTS_API}/refunds", json={"charge": charge_id})
    response.raise_for_status()
    return response.json()["id"]
