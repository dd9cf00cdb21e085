import logging
from dataclasses import dataclass

import httpx

log = logging.getLogger("people")


class DirectoryError(Exception):
    pass


@dataclass(frozen=True)
class Person:
    number: int
    name: str
    email: str | None


class Client:
    def __init__(self, http):
        self.http = http

    def person(self, number):
        try:
            reply = self.http.get(f"/people/{number}")
            if reply.status_code == 404:
                return None
            reply.raise_for_status()
            found = reply.json()
        except (httpx.HTTPError, ValueError) as exc:
            raise DirectoryError("the directory is not available") from exc
        if not isinstance(found, dict):
            raise DirectoryError("the directory answers nonsense")
        emails = found.get("emails")
        first = emails[0] if isinstance(emails, list) and emails else {}
        email = first.get("value") if isinstance(first, dict) else None
        if not email:
            log.warning("person %s has no address", number)
        return Person(number, str(found.get("name") or "unknown"), email)
