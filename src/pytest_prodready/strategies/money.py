"""Amounts of money, and more often those at which rounding breaks."""

from __future__ import annotations

import difflib
import math
from decimal import Decimal

from hypothesis import strategies as st

#: Active currencies by the digits behind the point: ISO 4217, List One (six-group.com), "minor unit". What has none
#: (metals, units of account) is left out. Providers differ from it here and there: Stripe takes MGA without digits.
CURRENCIES = {
    0: "BIF CLP DJF GNF ISK JPY KMF KRW PYG RWF UGX UYI VND VUV XAF XOF XPF",
    2: (
        "AED AFN ALL AMD AOA ARS AUD AWG AZN BAM BBD BDT BMD BND BOB BOV BRL BSD BTN BWP BYN BZD CAD CDF CHE CHF CHW CNY "
        "COP COU CRC CUP CVE CZK DKK DOP DZD EGP ERN ETB EUR FJD FKP GBP GEL GHS GIP GMD GTQ GYD HKD HNL HTG HUF IDR ILS "
        "INR IRR JMD KES KGS KHR KPW KYD KZT LAK LBP LKR LRD LSL MAD MDL MGA MKD MMK MNT MOP MRU MUR MVR MWK MXN MXV MYR "
        "MZN NAD NGN NIO NOK NPR NZD PAB PEN PGK PHP PKR PLN QAR RON RSD RUB SAR SBD SCR SDG SEK SGD SHP SLE SOS SRD SSP "
        "STN SVC SYP SZL THB TJS TMT TOP TRY TTD TWD TZS UAH USD USN UYU UZS VED VES WST XAD XCD XCG YER ZAR ZMW ZWG"
    ),
    3: "BHD IQD JOD KWD LYD OMR TND",
    4: "CLF UYW",
}
EXPONENTS = {code: exponent for exponent, codes in CURRENCIES.items() for code in codes.split()}
#: In minor units: eight digits, which is the largest charge that Stripe takes.
LARGEST = 99_999_999


def minor_units(currency: str) -> int:
    """How many digits an amount has behind the point, by ISO 4217: USD 2, JPY 0, KWD 3.

    Raises:
        ValueError: for a code that is none, with the nearest that is.
    """
    code = currency.upper()
    if code not in EXPONENTS:
        close = difflib.get_close_matches(code, EXPONENTS, n=1, cutoff=0.6)
        hint = f"; did you mean {close[0]!r}?" if close else ""
        raise ValueError(f"{currency!r} is no currency of ISO 4217{hint}")
    return EXPONENTS[code]


def money(
    currency: str = "USD", min_value: Decimal | int | str | None = None, max_value: Decimal | int | str | None = None
) -> st.SearchStrategy[Decimal]:
    """Amounts of a currency, with exactly the digits that it has.

    A third are whole amounts, a third those at which rounding breaks (0.01, 0.29, 1.15, 4.35, 8.20, 19.99, halves of
    a minor unit after a percentage, large ones), a third any. They shrink to whole amounts, then to those that break.

    Args:
        currency: a code of ISO 4217, in any case.
        min_value: the smallest amount; by default one minor unit, 0.01 for USD.
        max_value: the largest amount; by default 99,999,999 minor units, 999,999.99 for USD.

    Raises:
        ValueError: for an unknown currency, or where no amount lies between the bounds.
        TypeError: for a bound that is a float.
    """
    exponent = minor_units(currency)
    scale = 10**exponent
    largest = math.floor(_exact("max_value", max_value) * scale) if max_value is not None else LARGEST
    smallest = math.ceil(_exact("min_value", min_value) * scale) if min_value is not None else min(1, largest)
    largest = max(largest, smallest) if max_value is None else largest
    if smallest > largest:
        raise ValueError(f"no amount in {currency} lies between {min_value=!s} and {max_value=!s}")
    kinds = []
    if math.ceil(smallest / scale) <= largest // scale:
        kinds.append(st.integers(-(-smallest // scale), largest // scale).map(lambda whole: whole * scale))
    breaking = [n for n in _breaking(scale) if smallest <= n <= largest]
    if breaking:
        kinds.append(st.sampled_from(breaking))
    kinds.append(st.integers(smallest, largest))
    return st.one_of(kinds).map(lambda minor: Decimal(minor).scaleb(-exponent))


def _exact(name: str, value: Decimal | int | str) -> Decimal:
    if isinstance(value, float):
        raise TypeError(f"{name}={value!r} is a float, which holds no exact amount; give a Decimal or a text")
    return Decimal(value)


def _breaking(scale: int) -> list[int]:
    """Amounts in minor units at which careless arithmetic comes out wrong."""
    truncated = [n for n in range(1, 20 * scale) if int(n / scale * scale) != n]  # int(19.99 * 100) is 1998
    halves = [5, 15, 25, 105, 125, 245, 1005]  # a tenth of them ends in half a minor unit
    shares = [1, 2, 10, 100, 101, 333, 1000, 1001]  # what is left when they are split in two or three
    large = [10**5 - 1, 10**6 + 1, 12_345_678, LARGEST - 1, LARGEST]
    return list(dict.fromkeys([1, *truncated, *halves, *shares, *large]))
