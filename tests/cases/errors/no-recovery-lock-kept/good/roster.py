import logging
import threading
from dataclasses import dataclass

import httpx

log = logging.getLogger("rowing.roster")


class ImportRunning(Exception):
    pass


class ImportFailed(Exception):
    pass


@dataclass(frozen=True)
class Member:
    number: int
    name: str
    boat: str

    @classmethod
    def parse(cls, item):
        number, name, boat = item["number"], item["name"], item["boat"]
        if type(number) is not int or not isinstance(name, str) or boat not in ("single", "double", "eight"):
            raise ValueError("not a member")
        return cls(number, name, boat)


class Roster:
    """Members of a rowing club, imported from the federation."""

    def __init__(self, http):
        self.http = http
        self.members = {}
        self._running = threading.Lock()

    def _download(self):
        reply = self.http.get("/members")
        reply.raise_for_status()
        return reply.json()["members"]

    def run(self):
        """Number of members that are known afterwards."""
        if not self._running.acquire(blocking=False):
            raise ImportRunning
        try:
            items = self._download()
            members = {}
            for item in items:
                member = Member.parse(item)
                members[member.number] = member
            self.members = members
        except (httpx.HTTPError, ValueError, KeyError, TypeError) as exc:
            log.error("import failed: %s", type(exc).__name__)
            raise ImportFailed from exc
        finally:
            self._running.release()
        return len(members)
