"""Books, by their number."""
import logging

import httpx
from pydantic import BaseModel, ValidationError

log = logging.getLogger(__name__)


class NoBook(Exception):
    pass


class Book(BaseModel):
    title: str


def book(number, client):
    try:
        reply = client.get(f"https://books.example/{number}")
        reply.raise_for_status()
        return Book.model_validate_json(reply.content)
    except (httpx.HTTPError, ValidationError) as exc:
        log.warning("no book %s", number)
        raise NoBook(number) from exc
