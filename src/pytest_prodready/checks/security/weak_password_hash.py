"""A password is stored as a hash that a graphics card guesses by the billion."""

from __future__ import annotations

import base64
import hashlib
from collections.abc import Iterator
from dataclasses import replace
from itertools import product

from ...trace import Call, Hashed, Site, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from ._secrets import Secret, values_written, writes

FAST = ("md5", "sha1", "sha224", "sha256", "sha384", "sha512", "sha3_256", "sha3_512", "blake2b", "blake2s")
TWICE = ("md5", "sha1", "sha256", "sha512")


class WeakPasswordHash(Check):
    name = "weak-password-hash"
    pillar = "security"
    cwe = 916
    reads = frozenset({"hashed", "secrets"})
    summary = "a submitted password reaches a writing statement as a fast hash; W where it is salted for each user"
    why = "Unsalted hashes of leaked tables are looked up, not broken; a fast hash with a salt holds out for hours."
    fix = "Store `argon2.PasswordHasher().hash(password)`, or what your framework gives for it (generate_password_hash, make_password)."
    bad = "digest = hashlib.sha256(password.encode()).hexdigest()"
    good = "digest = argon2.PasswordHasher().hash(password)"

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call, passwords in writes(trace):
            assert call.entry is not None
            for secret in passwords:
                found = self.hash_in(call, secret, trace.hashed)
                if found is not None:
                    what, level, at = found
                    handler = f"{call.path[-1].function} in {call.path[-1].file}"
                    objection = self.against(
                        call,
                        f"{secret.name} is stored as {what}",
                        self.name,
                        handler,
                        level,
                        statement=call.statement,
                        proof=call.statement,
                    )
                    yield objection
                    for place in dict.fromkeys([*at, *call.path, *([call.entry.view] if call.entry.view else [])]):
                        if place.function != objection.site.function:
                            yield replace(objection, site=place)
                    break

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (call for call, _ in writes(trace))

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False  # the ordinary run shows it

    def hash_in(self, call: Call, secret: Secret, hashed: list[Hashed]) -> tuple[str, str, list[Site]] | None:
        """(the hash, level, where it was computed) of the password, if that is what is written."""
        raw = secret.value.encode("utf-8", "surrogateescape")
        texts = [value if isinstance(value, bytes) else value.encode() for value in values_written(call)]
        texts.append(call.statement.encode())
        plain = [one.site for one in hashed if one.data == raw]
        for algorithm in FAST:
            if _shown(hashlib.new(algorithm, raw).digest(), texts):
                return f"its {algorithm}, without a salt", ERROR, plain
        for inner, outer in product(TWICE, TWICE):
            digest = hashlib.new(inner, raw)
            for data in (digest.digest(), digest.hexdigest().encode()):
                if _shown(hashlib.new(outer, data).digest(), texts):
                    return f"the {outer} of its {inner}, without a salt", ERROR, plain
        for one in hashed:
            digest = hashlib.new(one.algorithm, one.data)
            if raw in one.data and raw != one.data and _shown(digest.digest(), texts):
                if self.salted(one.data.replace(raw, b"", 1), texts):
                    return f"its {one.algorithm} with a salt: one round of a fast hash", WARNING, [one.site]
                return f"its {one.algorithm} with the same salt for everybody", ERROR, [one.site]
        return None

    # the guards: each keeps clean code clean
    @staticmethod
    def salted(salt: bytes, texts: list[bytes]) -> bool:
        """The salt is stored beside the hash: each user has his own."""
        forms = {salt, salt.strip(b":$."), salt.hex().encode(), base64.b64encode(salt)}
        return any(form and form in text for form in forms for text in texts)


def _shown(digest: bytes, texts: list[bytes]) -> bool:
    """Whether a hash stands in what is written."""
    forms = (digest.hex().encode(), digest.hex().upper().encode(), base64.b64encode(digest), digest)
    return any(form in text for form in forms for text in texts)
