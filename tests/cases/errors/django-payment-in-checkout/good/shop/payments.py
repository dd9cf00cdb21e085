import requests

URL = "https://payments.example/v1/charges"


class Declined(Exception):
    pass


class Unavailable(Exception):
    pass


def charge(order):
    try:
        reply = requests.post(
            URL,
            json={"amount": str(order.amount), "reference": order.pk},
            headers={"Idempotency-Key": f"order-{order.pk}"},
            timeout=(3, 20),
        )
        if reply.status_code == 402:
            raise Declined
        reply.raise_for_status()
        return reply.json()["id"]
    except (requests.RequestException, ValueError, LookupError, TypeError) as exc:
        raise Unavailable("the provider did not say whether it was paid") from exc
