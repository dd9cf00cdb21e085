import re

import requests
from requests.exceptions import RequestException

GATEWAY = "https://sms.example/messages"


class SmsError(Exception):
    pass


def send_code(number, code):
    if not re.fullmatch(r"\+[0-9]{8,15}", number):
        raise SmsError("not a phone number")
    message = {"to": number, "text": f"Your code is {code}"}
    try:
        reply = requests.post(GATEWAY, json=message, timeout=10)
        if reply.status_code != 202:
            raise SmsError("the message was refused")
        receipt = reply.json()["id"]
    except (RequestException, ValueError, KeyError, TypeError) as exc:
        raise SmsError("the message was perhaps not sent") from exc
    if not isinstance(receipt, str):
        raise SmsError("the message was perhaps not sent")
    return receipt
