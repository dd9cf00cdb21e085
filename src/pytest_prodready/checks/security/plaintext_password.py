"""A password is stored as it is."""

from __future__ import annotations

import base64
import codecs
import re
from collections.abc import Iterator
from dataclasses import replace

from ...trace import Call, Site, Trace
from ...verdicts import Objection
from .. import Check
from ..integrity import sqltext
from ._secrets import PASSWORD, Secret, bounded, values_written, writes

#: So short, or one word of letters, a value may stand anywhere for another reason: only a column of that name tells.
TELLING = 6


class PlaintextPassword(Check):
    name = "plaintext-password"
    pillar = "security"
    cwe = 256
    reads = frozenset({"secrets"})
    summary = "a submitted password reaches a writing statement as it is, or in a form that anybody can turn back"
    why = "Whoever reads the table once, or a backup of it, can log in as every user, here and elsewhere."
    fix = "Store `argon2.PasswordHasher().hash(password)`, or what your framework gives for it (generate_password_hash, make_password)."
    bad = """conn.execute("INSERT INTO users VALUES (?, ?)", (name, request.form["password"]))"""
    good = (
        """conn.execute("INSERT INTO users VALUES (?, ?)", (name, generate_password_hash(request.form["password"])))"""
    )

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call, passwords in writes(trace):
            known = sqltext.columns_created(one.statement for one in trace.calls if one.family == "db")
            for secret in passwords:
                form = self.form_in(call, secret, known)
                if form is not None:
                    yield from self.at_places(call, f"{secret.name} is stored {form}")
                    break

    def at_places(self, call: Call, message: str) -> Iterator[Objection]:
        """At the statement, and at the function that answers."""
        handler = f"{call.path[-1].function} in {call.path[-1].file}"
        objection = self.against(call, message, self.name, handler, statement=call.statement, proof=call.statement)
        yield objection
        for place in dict.fromkeys(_places(call)):
            if place.function != objection.site.function:
                yield replace(objection, site=place)

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (call for call, _ in writes(trace))

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False  # the ordinary run shows it

    def form_in(self, call: Call, secret: Secret, known: dict[str, list[str]]) -> str | None:
        """How the password stands in what is written."""
        for form, value in forms(secret.value):
            if self.stands_in(call, value) and (not self.may_be_chance(value) or into_password(call, known)):
                return form
        return None

    @staticmethod
    def stands_in(call: Call, value: str) -> bool:
        """Whether it is a parameter, a part of one, or a literal of the statement."""
        long = len(value) >= TELLING
        if f"'{value}'" in call.statement or (long and f"'{value}" in call.statement):
            return True
        texts = (one.decode("utf-8", "replace") if isinstance(one, bytes) else one for one in values_written(call))
        return any(text == value or (long and bounded(value, text)) for text in texts)

    # the guards: each keeps clean code clean
    @staticmethod
    def may_be_chance(value: str) -> bool:
        """A value that another field may have as well."""
        return len(value) < TELLING or value.isdigit() or (value.isalpha() and value.islower() and len(value) < 9)


def forms(password: str) -> Iterator[tuple[str, str]]:
    """As it is, and what turns it into something that looks otherwise."""
    yield "as it is", password
    if len(password) >= TELLING:
        raw = password.encode("utf-8", "surrogateescape")
        yield "in base64, which anybody can decode", base64.b64encode(raw).decode()
        yield "in base64, which anybody can decode", base64.urlsafe_b64encode(raw).decode()
        yield "in hexadecimal, which anybody can decode", raw.hex()
        yield "backwards, which anybody can read", password[::-1]
        yield "in ROT13, which anybody can decode", codecs.encode(password, "rot13")
        yield "in base85, which anybody can decode", base64.b85encode(raw).decode()


def into_password(call: Call, known: dict[str, list[str]]) -> bool:
    """Whether the statement writes a column that is named like a password."""
    columns = [name for name, _ in sqltext.columns_written(call.statement, known)]
    names = columns or re.findall(r"\w+", call.statement)
    return any(PASSWORD.fullmatch(name) or "password" in name or "passw" in name for name in names)


def _places(call: Call) -> Iterator[Site]:
    """The functions of source on the way to the statement, and the one that answers."""
    yield from call.path
    if call.entry is not None and call.entry.view is not None:
        yield call.entry.view
