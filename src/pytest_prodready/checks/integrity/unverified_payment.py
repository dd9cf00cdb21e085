"""Nobody looked whether it was really paid, all of it, and who says so."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from typing import Any

from ...trace import SAFE_METHODS, Call, Entry, Outcome
from ...verdicts import ERROR, WARNING, Objection
from .. import Check, View, succeeded, unit_of

#: What each fault changes, and what of it is said.
REPLIES = {
    "payment.pending": ("status", "that it is not settled yet"),
    "payment.requires-action": ("status", "that the customer has to confirm it"),
    "payment.amount-mismatch": ("amount", "that less was paid"),
    "payment.currency-mismatch": ("currency", "that it was paid in another currency"),
}
WEBHOOK = "payment.unsigned-webhook"
#: Words that tell somebody, or a table, that it is paid.
PAID = re.compile(
    r"(?<![a-z])(?:paid|payed|succeeded|success|successful|completed?|confirmed|captured|charged|settled|fulfilled|shipped|"
    r"credited|activated|active|receipt|thanks?|thank you|approved|booked|purchased|granted|premium)(?![a-z])|"
    r"(?:balance|credit|point|wallet)\w*\W*=\W*[\w.\"]*\W*\+",
    re.I,
)
#: A question to the provider about what has arrived.
ASKS = re.compile(r"verif|notif|signature|ipn|cgi-bin|webscr|oauth|token|lookup|status", re.I)
PLACEHOLDER = re.compile(r"\?|%s|%\(\w+\)s|(?<![:\w]):\w+|\$[0-9]")


class UnverifiedPayment(Check):
    name = "unverified-payment"
    pillar = "integrity"
    cwe = 345
    summary = (
        "a reply or webhook with another amount, currency, a non-final status or no valid signature is accepted as paid"
    )
    why = "Goods leave the house for which nobody has paid, or one cent: whoever finds out does it again."
    fix = (
        "Compare status, amount and currency of what the provider says with the order before it counts as paid, and verify the "
        "signature of a webhook over its raw body before anything else."
    )
    bad = """reply = requests.post(CHARGES, json=order, timeout=10)
reply.raise_for_status()  # 200 may as well say `pending`
mark_as_paid(number)"""
    good = """charge = requests.post(CHARGES, json=order, timeout=10).json()
if (charge["status"], charge["amount"], charge["currency"]) != ("paid", cents, "EUR"):
    raise NotPaid(number)
mark_as_paid(number)"""

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return fault in REPLIES or fault == WEBHOOK

    def judge(self, view: View) -> Iterator[Objection]:
        control = view.control_entry
        if (
            view.trace.ended
            or control is None
            or not self.concerns(False, view.fault)
            or not served(view.entry, control)
        ):
            return
        yield from self._webhook(view, control) if view.fault == WEBHOOK else self._reply(view, control)

    def _reply(self, view: View, control: Entry) -> Iterator[Objection]:
        call = view.call
        twin = _struck_in(view.control.calls, control, call)
        ours = _after(call.number, unit_of(view.trace, view.entry))
        usual = _after(twin.number if twin else -1, unit_of(view.control, control))
        if not self.did_the_same(ours, usual) or self.decided_otherwise(ours, usual) or self.recorded(view, ours):
            return
        if self.asked_again(call, ours):
            return
        written = any(PAID.search(_text(one)) for one in _lasting(ours))
        if not view.same and not written:
            return  # the answer says what came
        what, said = REPLIES[view.fault]
        taken = written or PAID.search(_shown(view.entry.outcome)) is not None
        settles = taken and bool(_lasting(ours)) and view.entry.label.partition(" ")[0] not in SAFE_METHODS
        kept = taken if what == "status" else written or settles
        if call.operation.split(" ")[0] in SAFE_METHODS and not kept:
            return  # what is looked up and shown
        doubtful = not taken or self.was_told(call, what) or self.only_a_flag(call) or _unknown(ours)
        yield self._against(view, f"the provider said {said}, and it counts as paid", what, doubtful)

    def _webhook(self, view: View, control: Entry) -> Iterator[Objection]:
        ours, usual = unit_of(view.trace, view.entry), unit_of(view.control, control)
        if self.asked_the_provider(ours) or not self.did_the_same(ours, usual) or self.decided_otherwise(ours, usual):
            return
        # what is kept in memory alone, the test has seen
        if not _lasting(usual) and not (view.same and view.trace.passed):
            return
        yield self._against(
            view, "a webhook without a valid signature was taken for the provider's", "signature", False
        )

    def _against(self, view: View, message: str, what: str, doubtful: bool) -> Objection:
        site = view.call.site
        assert site is not None
        return self.against(
            view.call, message, f"unverified {what}", f"{site.function} in {site.file}", WARNING if doubtful else ERROR,
            entry=view.entry.label, injected=list(view.call.injected),
        )  # fmt: skip

    # the guards: each keeps clean code clean
    @staticmethod
    def did_the_same(ours: list[Call], usual: list[Call]) -> bool:
        """All that was changed without the fault was changed under it as well."""
        return not Counter(map(_deed, _lasting(usual))) - Counter(map(_deed, _lasting(ours)))

    @staticmethod
    def decided_otherwise(ours: list[Call], usual: list[Call]) -> bool:
        """The same statement with another word or flag: a status of the application's own."""
        ordinary: dict[Any, list[Counter[str]]] = {}
        for call in _lasting(usual):
            ordinary.setdefault(_deed(call), []).append(_words(call))
        return any(_deed(c) in ordinary and _words(c) not in ordinary[_deed(c)] for c in _lasting(ours))

    @staticmethod
    def recorded(view: View, ours: list[Call]) -> bool:
        """What the provider said was written down as it was said."""
        said = {value.lower() for value in view.call.injected}
        return any(_plain(value) in said for call in _lasting(ours) for value in _values(call))

    @staticmethod
    def asked_again(call: Call, ours: list[Call]) -> bool:
        """A later answer of the provider decides: the charge was fetched, or captured."""
        return any(c.family == "http" and c.target == call.target and c.error is None for c in ours)

    @staticmethod
    def asked_the_provider(ours: list[Call]) -> bool:
        """The provider was asked what of it is true, before anything was changed."""
        for call in ours:
            if call.family == "http" and call.error is None:
                method, _, where = call.operation.partition(" ")
                if method in SAFE_METHODS or ASKS.search(where):
                    return True
            if call.kind == "write":
                return False
        return False

    @staticmethod
    def was_told(call: Call, what: str) -> bool:
        """The request itself named the amount: the provider would have to take less than it was told."""
        if what == "status":
            return False
        sent = f"{call.body.decode('utf-8', 'replace')} {json.dumps(call.payload, default=str)} {call.statement}"
        return re.search(r"amount|currency|total|cents|price", sent, re.I) is not None

    @staticmethod
    def only_a_flag(call: Call) -> bool:
        """A reply without a status, but with a flag."""
        return set(call.injected) == {"false"}


def served(entry: Entry, control: Entry) -> bool:
    """Both times, and in the same way: another status is another answer."""
    mine, usual = entry.outcome, control.outcome
    if mine is None or usual is None or mine.is_error or usual.is_error:
        return False
    return mine.kind == usual.kind and mine.status == usual.status


def _struck_in(calls: Iterable[Call], entry: Entry, call: Call) -> Call | None:
    """The struck call, where nothing struck it."""
    return next(
        (c for c in calls if c.point == call.point and c.entry is not None and c.entry.label == entry.label), None
    )


def _after(number: int, calls: list[Call]) -> list[Call]:
    return [call for call in calls if call.number > number]


def _lasting(calls: list[Call]) -> list[Call]:
    """What was changed; a commit only says that it stays."""
    return [call for call in succeeded(calls) if call.kind not in ("commit", "connect")]


def _deed(call: Call) -> tuple[str, str]:
    return call.operation, call.statement if call.family == "db" else ""


def _values(call: Call) -> Iterator[Any]:
    """What a statement or a request carries."""
    todo: list[Any] = [call.parameters, call.payload]
    if call.payload is None and call.body:
        try:
            todo.append(json.loads(call.body))
        except ValueError:
            todo += re.split(r"[&=]", call.body.decode("utf-8", "replace"))
    while todo:
        value = todo.pop()
        if isinstance(value, dict):
            todo += value.values()
        elif isinstance(value, list | tuple | set):
            todo += value
        elif value is not None:
            yield value


def _words(call: Call) -> Counter[str]:
    """Words and flags: what differs between two runs anyhow (numbers, dates, names with digits) is left out."""
    return Counter(
        str(value) if isinstance(value, bool | int) else value
        for value in _values(call)
        if isinstance(value, bool)
        or (isinstance(value, int) and value in (0, 1))
        or (isinstance(value, str) and re.fullmatch(r"[A-Za-z][A-Za-z _-]{0,40}", value))
    )


def _plain(value: Any) -> str:
    return str(value).lower()


def _text(call: Call) -> str:
    return f"{call.operation} {call.statement} {' '.join(map(str, _values(call)))}"


def _shown(outcome: Outcome | None) -> str:
    """What the one outside was told."""
    if outcome is None:
        return ""
    return f"{outcome.body} {json.dumps(outcome.value, default=str)} {' '.join(value for _, value in outcome.headers)}"


def _unknown(calls: list[Call]) -> bool:
    """Whether something was written whose values are not known."""
    return any(
        call.kind == "write" and call.parameters is None and PLACEHOLDER.search(call.statement)
        for call in _lasting(calls)
    )
