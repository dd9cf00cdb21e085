import logging
import time
import uuid

import httpx

log = logging.getLogger("chat")


class NotSent(Exception):
    pass


def notify(channel, text):
    key = uuid.uuid4().hex
    for attempt in range(3):
        try:
            reply = httpx.post(
                "https://chat.example/messages",
                json={"channel": channel, "text": text},
                headers={"Idempotency-Key": key},
                timeout=5,
            )
        except httpx.HTTPError as exc:
            log.warning("attempt %d: %s", attempt, type(exc).__name__)
        else:
            if reply.is_success:
                break
            log.warning("attempt %d: %s", attempt, reply.status_code)
            if reply.is_client_error and reply.status_code != 429:
                raise NotSent("the message was refused")
        time.sleep(2**attempt)
    else:
        raise NotSent("the message was not sent")
    return {"channel": channel, "sent": True}
