"""A failure that is really caused beside the one that is injected: all that an application can see of them, compared.

One pair is a client, a fault and a kind of call. Whatever differs fails its test, unless `known.py` says in what and why.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

from .known import KNOWN


class Pair(NamedTuple):
    """What is compared: how `client` shows `fault` in a call of this kind."""

    client: str
    fault: str
    kind: str

    def __str__(self) -> str:
        return f"{self.client}-{self.fault}-{self.kind}"


#: What is another in every run: addresses, ports, processes, transactions, places on disk.
VARIES = re.compile(
    r"0x[0-9a-f]+|(?<=cancel scope )[0-9a-f]+|\d{4,}|\(\d+,\d+\)|(?<=[Pp]rocess )\d+|(?<=transaction )\d+|pg_tblspc/\S+(?=\")|base/\d+/\d+|/tmp/[\w./-]+"
)
#: Attributes of C types, which `vars` does not show, and of objects that an error carries.
CARRIED = (
    "diag",
    "orig",
    "cursor",
    "pgconn",
    "_ssl",
    "request",
    "response",
    "connection_key",
    "_conn_key",
    "pool",
    "conn",
)
SIMPLE = (str, bytes, int, float, bool, type(None))


def masked(value: Any) -> Any:
    if isinstance(value, str):
        return VARIES.sub("<x>", value) if len(value) > 5 else value
    if isinstance(value, bytes):
        return masked(value.decode("utf-8", "replace")).encode()
    if isinstance(value, (list, tuple)):
        return [masked(one) for one in value]
    if isinstance(value, dict):
        return {str(name): masked(one) for name, one in value.items()}
    if isinstance(value, BaseException):
        return {"type": name_of(type(value)), "args": masked(value.args)}
    return value if isinstance(value, SIMPLE) else name_of(type(value))


def name_of(cls: type) -> str:
    return cls.__qualname__ if cls.__module__ == "builtins" else f"{cls.__module__}.{cls.__qualname__}"


def attributes(exc: BaseException) -> dict[str, Any]:
    """What can be read of an exception beyond its arguments."""
    found: dict[str, Any] = {}
    for name in dir(exc):
        if name.startswith("_") or name in ("args", "add_note", "with_traceback"):
            continue
        try:
            value = getattr(exc, name)
        except Exception as failed:
            value = f"raises {name_of(type(failed))}"
        if name == "diag":
            found.update({f"diag.{part}": masked(getattr(value, part)) for part in dir(value) if part[0] != "_"})
        elif not callable(value):
            found[name] = name_of(type(value)) if name in CARRIED else masked(value)
    return found


def described(exc: BaseException) -> dict[str, Any]:
    """All that an application can learn of an exception."""
    chain, inner = [], exc
    while (following := inner.__cause__ or inner.__context__) is not None:
        link = "cause" if inner.__cause__ is not None else "context"
        chain.append([link, inner.__suppress_context__, masked(following)])
        inner = following
    return {
        "type": [name_of(cls) for cls in type(exc).__mro__],
        "args": masked(exc.args),
        "text": masked(str(exc)),
        "attributes": attributes(exc),
        "chain": chain,
    }


def outcome(act: Callable[[], Any]) -> Any:
    """What an act returns or raises."""
    try:
        reply = act()
    except Exception as exc:
        return {"raises": described(exc)}
    return masked(reply)


def differences(real: Any, injected: Any, where: str = "") -> list[str]:
    """In what two accounts differ: `where: real -> injected`."""
    if isinstance(real, dict) and isinstance(injected, dict):
        names = dict.fromkeys([*real, *injected])
        return [
            one
            for name in names
            for one in differences(real.get(name, "-"), injected.get(name, "-"), f"{where}.{name}" if where else name)
        ]
    return [] if real == injected else [f"{where}: {real!r} -> {injected!r}"]


def compare(pair: Pair, real: dict[str, Any], injected: dict[str, Any], record: Callable[[str, object], None]) -> None:
    """Fail unless a pair agrees wholly, or differs in exactly what is known; `record` is `record_property`."""
    assert "raises" in str(real) or "reply" in str(real), f"the real failure did not come: {real}"
    found = differences(real, injected)
    expected, why = KNOWN.get(pair, (None, ""))
    record("live", [*pair, "agrees" if not found else "differs in " + ", ".join(sorted({of(one) for one in found}))])
    if expected is None:
        assert not found, "\n".join([str(pair), *found])
    else:
        assert found, f"{pair} agrees now: it need no longer be known"
        assert all(re.search(expected, one) for one in found), "\n".join([f"{pair}: {why}", *found])


def of(difference: str) -> str:
    """The part of an account that differs, in short."""
    return difference.split(": ")[0].removeprefix("raised.raises.")
