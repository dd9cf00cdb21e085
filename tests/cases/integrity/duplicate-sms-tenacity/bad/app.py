"""Sends text messages through a gateway."""
import httpx
from tenacity import retry, retry_if_exception_type, stop_after_attempt, wait_exponential

GATEWAY = "https://sms.example/messages"


class NotSent(Exception):
    pass


@retry(
    retry=retry_if_exception_type(httpx.TransportError), stop=stop_after_attempt(3), wait=wait_exponential(), reraise=True
)
def _post(number, text):
    answer = httpx.post(GATEWAY, json={"to": number, "text": text}, timeout=5)
    answer.raise_for_status()
    return answer.json()["id"]


def send(number, text):
    try:
        return _post(number, text)
    except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
        raise NotSent(f"no message to {number}") from exc
