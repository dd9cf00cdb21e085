import requests

NOTIFY_API = "https://api.notify.example/v1"


def send_order_confirmation(email, order_id, total):
    """Send the order confirmation e-mail."""
    try:
        requests.post(
            f"{NOTIFY_API}/messages",
            json={
                "to": email,
                "subject": f"Your order #{order_id}",
                "body": f"Thank you for your order! Total: {total / 100:.2f} EUR",
            },
            timeout=10,
        )
    except Exception:
        pass  # Don't fail the order if the e-mail can't be sent
