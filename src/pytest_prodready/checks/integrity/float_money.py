"""Money as a binary float: most amounts of two digits have none that is exact."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Sequence
from functools import lru_cache
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from ...trace import Call, Trace
from ...verdicts import Objection
from .. import Check
from . import sqltext

#: Words of a name that money goes by. A number of something else may be called an amount or a total as well.
MONEY = frozenset(
    re.findall(
        r"\w+",
        "amount price cost total subtotal balance fee fare toll charge payment paid payout refund deposit withdrawal "
        "donation salary wage income expense spend spent revenue turnover earnings budget rent premium tip bid gross "
        "discount tax vat cents dollars euros money owed credit debit pay cash funds debt charged refunded",
    )
)
#: Words that say that it is no money after all: a rate, a measure, a statistic, a time.
OTHER = frozenset(
    re.findall(
        r"\w+",
        "rate rates percent percentage pct ratio factor score rating count counts qty quantity weight multiplier index "
        "share probability elasticity change trend avg average mean median stddev std variance estimate estimated "
        "predicted forecast confidence kg g km m cm mm l ml litres liters miles hours hour minutes seconds secs ms "
        "duration distance speed size bytes mb gb volume length height width depth area age points votes tokens "
        "calories lat lon lng latitude longitude battery temperature power energy kwh level at ts time date "
        "timestamp epoch id rotor motor wheel",
    )
)
#: Where a fraction below one is a rate, whatever it is called.
RATES = frozenset({"tax", "vat", "discount", "fee", "tip", "charge"})
#: Whole numbers wherever they stand.
MINOR = frozenset({"cents", "pence", "pennies"})
#: Words that are money only beside another one.
DOUBTFUL = frozenset({"discount", "credit", "tip", "toll", "gross", "premium"})
#: What may be an amount of something, when a unit of measure stands beside it.
MEASURED = frozenset({"amount", "total", "balance", "charge", "deposit", "spent", "spend", "budget"})
UNITS = frozenset(
    {"unit", "units", "uom", "measure", "dose", "ingredient", "nutrient", "substance", "sensor", "material"}
)
#: Names that say nothing by themselves: what they belong to tells.
PLAIN = frozenset({"value", "amount", "number", "sum", "total", "net", "gross", "units"})
#: Tables and services for figures that nobody pays: there a float is the right type.
FIGURES = frozenset(
    re.findall(
        r"\w+",
        "analytics metric metrics statistic statistics stat stats telemetry forecast forecasts prediction predictions "
        "feature features histogram candle candles ohlc tick ticks quote quotes sample samples sensor sensors "
        "measurement measurements reading readings ingredient ingredients recipe recipes nutrition dose doses "
        "simulation simulations benchmark benchmarks embedding embeddings",
    )
)
_WORDS = re.compile(r"[A-Z]+(?![a-z])|[A-Z]?[a-z]+|[0-9]+")


class Leaf(NamedTuple):
    """A value that is sent, under the name of its column or key, and the names beside it."""

    name: str
    value: object
    beside: frozenset[str] = frozenset()


class FloatMoney(Check):
    name = "float-money"
    pillar = "integrity"
    cwe = 1339
    summary = "a binary float reaches a money field of a query or payload"
    why = "0.1 + 0.2 is not 0.3. Sums drift by a cent per order, and books that should balance do not."
    fix = "Use decimal.Decimal, or whole cents, from where the number comes in to where it goes out."
    bad = 'conn.execute("INSERT INTO orders (total) VALUES (?)", (19.99 * quantity,))'
    good = """total = Decimal("19.99") * quantity
conn.execute("INSERT INTO orders (total_cents) VALUES (?)", (int(total * 100),))"""

    def look(self, trace: Trace) -> Iterator[Objection]:
        for call, leaves in self.sending_money(trace):
            found = [leaf for leaf in leaves if isinstance(leaf.value, float)]
            if found:
                assert call.site is not None
                names = sorted({leaf.name for leaf in found})
                yield self.against(
                    call, f"{names[0]} is sent as the binary float {found[0].value!r}", "binary float",
                    f"{call.site.function} in {call.site.file}", fields=names,
                )  # fmt: skip

    def looked_at(self, trace: Trace) -> Iterator[Call]:
        return (call for call, _ in self.sending_money(trace))

    def concerns(self, call_effect: bool, fault: str) -> bool:
        return False  # the ordinary run shows it

    def sending_money(self, trace: Trace) -> list[tuple[Call, list[Leaf]]]:
        """The calls that send money, each with its fields that do."""
        return trace.once(self.name, lambda: list(self._sending_money(trace)))

    def _sending_money(self, trace: Trace) -> Iterator[tuple[Call, list[Leaf]]]:
        known = sqltext.columns_created(call.statement for call in trace.calls if call.family == "db")
        for call in trace.source_calls():
            if call.entry is None or not call.effect:
                continue
            leaves = written(call, known) if call.kind == "write" else sent(call) if call.family == "http" else ()
            figures = self.figures(call)
            money = [
                one for one in leaves if self.is_money(one) and not (figures and MINOR.isdisjoint(words_of(one.name)))
            ]
            if money:
                yield call, money

    # the guards: each keeps clean code clean
    @staticmethod
    def figures(call: Call) -> bool:
        """It goes to a table or service for statistics."""
        where = (
            call.operation if call.family == "db" else urlsplit(call.statement).netloc + urlsplit(call.statement).path
        )
        return not FIGURES.isdisjoint(words_of(where))

    def is_money(self, leaf: Leaf) -> bool:
        """The name says money."""
        money = money_in(leaf.name)
        if not money or isinstance(leaf.value, bool) or leaf.value is None:
            return False
        return not self.of_other_kind(words_of(leaf.name), leaf.value) and not self.measured(money, leaf.beside)

    @staticmethod
    def of_other_kind(words: Sequence[str], value: object) -> bool:
        """A rate, a measure, a statistic, a time."""
        if OTHER.intersection(words):
            return True
        return bool(RATES.intersection(words)) and isinstance(value, float) and abs(value) < 1

    @staticmethod
    def measured(money: frozenset[str], beside: frozenset[str]) -> bool:
        """An amount of something that has a unit."""
        return money <= MEASURED and bool(UNITS & beside)


@lru_cache(maxsize=4096)
def words_of(name: str) -> Sequence[str]:
    """`unitPrice_EUR` -> unit, price, eur; plurals as one."""
    words = [word.lower() for word in _WORDS.findall(name)]
    return [word[:-1] if word.endswith("s") and word[:-1] in MONEY else word for word in words]


@lru_cache(maxsize=4096)
def money_in(name: str) -> frozenset[str]:
    """The words of a name that say money."""
    words = words_of(name)
    money = MONEY.intersection(words)
    return frozenset() if money <= DOUBTFUL and len(words) == 1 else money


def written(call: Call, known: dict[str, list[str]]) -> Iterator[Leaf]:
    """What a statement puts into which column."""
    rows = call.parameters if call.many and isinstance(call.parameters, list | tuple) else [call.parameters]
    if isinstance(call.parameters, list) and call.parameters and all(isinstance(row, dict) for row in call.parameters):
        rows = call.parameters
    columns = sqltext.columns_written(call.statement, known)
    beside = frozenset(name for name, _ in columns)
    for row in rows:
        for name, place in columns:
            value = _placed(row, place) if money_in(name) else None
            if value is not None:
                yield Leaf(name, value, beside)
        if isinstance(row, dict) and not any(isinstance(place, str) for _, place in columns):
            yield from (Leaf(str(name), value, beside) for name, value in row.items())  # an ORM's own names


def _placed(row: Any, place: int | str) -> object:
    """The parameter of a placeholder."""
    if isinstance(row, dict):
        return row.get(place)
    if isinstance(row, list | tuple) and isinstance(place, int) and place < len(row):
        return row[place]
    return None


def sent(call: Call) -> Iterator[Leaf]:
    """The fields of a payload."""
    payload = call.payload
    if not isinstance(payload, dict | list):
        try:
            payload = json.loads(payload if isinstance(payload, str | bytes) and payload else call.body)
        except (ValueError, RecursionError):
            return
    yield from _fields(payload, "")


def _fields(node: Any, name: str, depth: int = 12) -> Iterable[Leaf]:
    if depth == 0:
        return
    if isinstance(node, dict):
        beside = frozenset(str(key).lower() for key in node)
        for key, value in node.items():
            plain = PLAIN.issuperset(words_of(str(key)))
            full = f"amount.{key}" if plain and "currency" in beside else f"{name}.{key}" if plain else str(key)
            if isinstance(value, dict | list | tuple):
                yield from _fields(value, full, depth - 1)
            else:
                yield Leaf(full, value, beside)
    elif isinstance(node, list | tuple):
        for value in node:
            if isinstance(value, dict | list | tuple):
                yield from _fields(value, name, depth - 1)
            else:
                yield Leaf(name, value)
