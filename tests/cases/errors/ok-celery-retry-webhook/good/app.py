"""Delivery of webhooks to the customers' servers."""
import requests
from celery import Celery
from celery.exceptions import MaxRetriesExceededError
from celery.utils.log import get_task_logger

queue = Celery("hooks", broker="memory://", backend="cache+memory://")
log = get_task_logger(__name__)


@queue.task(bind=True, max_retries=4, default_retry_delay=600)
def deliver(self, url, event):
    try:
        reply = requests.post(url, json=event, timeout=5, headers={"Idempotency-Key": event["id"]})
        reply.raise_for_status()
    except requests.RequestException as exc:
        try:
            raise self.retry(exc=exc, countdown=600 * 2**self.request.retries)
        except MaxRetriesExceededError:
            log.error("gave up on %s", event["id"])
            return "given up"
    return "delivered"
