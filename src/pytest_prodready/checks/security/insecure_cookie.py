"""The cookie of a session that script reads, or that is sent along from other sites."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ...trace import Entry, Trace
from ...verdicts import WARNING, Objection
from .. import Check

SESSION = re.compile(r"sess|^sid$|auth|token|jwt|login|remember", re.I)
#: Cookies that script has to read, or that prove nothing.
OTHER = re.compile(r"csrf|xsrf", re.I)


class InsecureCookie(Check):
    name = "insecure-cookie"
    pillar = "security"
    cwe = 614
    level = WARNING
    summary = "a session cookie lacks `HttpOnly`, `SameSite` or, over https, `Secure`"
    why = "Script of somebody else reads it, other sites use it, or it travels where everybody listens."
    fix = "Set `HttpOnly`, `SameSite=Lax` and `Secure` on every cookie that stands for a user."
    bad = """response.set_cookie("session_id", key)"""
    good = """response.set_cookie("session_id", key, httponly=True, samesite="Lax", secure=True)"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        seen = set()
        for entry in trace.entries:
            site = entry.view or entry.site
            if site is None:
                continue
            for name, attributes in self.cookies(entry):
                lacks = self.lacking(attributes, entry)
                if lacks and (site, name) not in seen and self.stands_for_user(name):
                    seen.add((site, name))
                    message = f"the cookie {name} lacks {', '.join(lacks)}"
                    yield self.against_answer(
                        entry, site, message, cookie=name, lacks=lacks, proof=self.shown(name, attributes)
                    )

    @staticmethod
    def cookies(entry: Entry) -> Iterator[tuple[str, dict[str, str]]]:
        """(name, attributes) of what an answer sets; what it takes back is not set."""
        for header, value in entry.outcome.headers if entry.outcome is not None else ():
            if header.lower() != "set-cookie":
                continue
            pair, *rest = value.split(";")
            name, _, content = pair.partition("=")
            attributes = {key.strip().lower(): text.strip() for key, _, text in (one.partition("=") for one in rest)}
            if (
                content.strip().strip('"')
                and attributes.get("max-age") != "0"
                and "1970" not in attributes.get("expires", "")
            ):
                yield name.strip(), attributes

    @staticmethod
    def shown(name: str, attributes: dict[str, str]) -> str:
        """The header, without what the cookie holds."""
        rest = [f"{key}={text}" if text else key for key, text in attributes.items()]
        return "; ".join([f"Set-Cookie: {name}=…", *rest])

    @staticmethod
    def stands_for_user(name: str) -> bool:
        """Whether a cookie of that name is of a session."""
        return SESSION.search(name) is not None and OTHER.search(name) is None

    @staticmethod
    def lacking(attributes: dict[str, str], entry: Entry) -> list[str]:
        """What is not said of a cookie; `Secure` counts where the request came over https."""
        wanted = ["HttpOnly", "SameSite"]
        if entry.request is not None and entry.request.header("x-forwarded-proto") == "https":
            wanted.append("Secure")
        return [name for name in wanted if name.lower() not in attributes]
