"""Empties the outbox. Cron starts it every five minutes in the morning."""
import logging
import time

from gateway import GatewayError

log = logging.getLogger("school.worker")
ROUNDS = 2
PAUSE = 20


def run(outbox, gateway, pause=PAUSE):
    sent = given_up = 0
    for attempt in range(ROUNDS):
        messages = outbox.due(attempt)
        if messages and attempt:
            time.sleep(pause)
        for number, phone, text in messages:
            try:
                gateway.send(phone, text)
            except GatewayError as exc:
                last = exc.final or attempt + 1 == ROUNDS
                log.error("message %d failed: %s", number, exc)
                outbox.mark(number, "failed" if last else "queued")
                given_up += last
            else:
                outbox.mark(number, "sent")
                sent += 1
    return {"sent": sent, "given_up": given_up}
