"""A connection is not given back."""

from __future__ import annotations

from collections.abc import Iterator

from ...trace import Entry, Lease, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check, View


class LeakedConnection(Check):
    name = "leaked-connection"
    pillar = "errors"
    cwe = 772
    summary = "after a failure more connections stay open, or checked out of a pool, than without it"
    why = "Each failure takes one connection away, until the pool or the server has none left: an outage of everything."
    fix = "Give it back on every path: `with engine.begin()`, `contextlib.closing(...)`, or `close()` in `finally`."
    bad = """conn = sqlite3.connect(PATH)
conn.execute("INSERT INTO orders VALUES (?)", (order,))  # it fails, and nobody closes
conn.commit()
conn.close()"""
    good = """with contextlib.closing(sqlite3.connect(PATH)) as conn, conn:
    conn.execute("INSERT INTO orders VALUES (?)", (order,))"""

    def judge(self, view: View) -> Iterator[Objection]:
        if view.trace.ended or view.control_entry is None:
            return
        ours, usual = _taken(view.trace, view.entry), _taken(view.control, view.control_entry)
        for name, mine in ours.items():
            theirs = usual.get(name, [])
            more = _open(mine) - sum(not self.by_hand(lease) for lease in theirs)
            if more <= 0 or self.never_closes(theirs):
                continue
            lease = next(one for one in mine if not one.closed)
            doubtful = self.doubtful(view) or self.left(lease) or self.set_up(view, mine, theirs)
            level = WARNING if doubtful else ERROR
            what = "checked out of its pool" if lease.kind == "check-out" else "open"
            assert view.call.site is not None
            yield self.against(
                view.call, f"{view.call.operation} failed, and a connection stayed {what}", "connection",
                f"{view.call.site.function} in {view.call.site.file}", level,
                taken_at=f"{lease.path[0].file}:{lease.path[0].line}", left_open=more, entry=view.entry.label,
            )  # fmt: skip
            return

    # the guards: each keeps clean code clean
    @staticmethod
    def left(lease: Lease) -> bool:
        """Its `with` block has ended the transaction: what is left is a handle, which CPython closes with its last user."""
        return lease.left

    @staticmethod
    def doubtful(view: View) -> bool:
        """A helper that the test calls beside the entries that it drives: perhaps it belongs to the test."""
        return view.entry.kind == "direct" and view.suite.has_entries

    @classmethod
    def never_closes(cls, theirs: list[Lease]) -> bool:
        """None of them is closed in the ordinary run: it is meant to stay, or left to the garbage collector anyway."""
        return not any(cls.by_hand(lease) for lease in theirs)

    @staticmethod
    def by_hand(lease: Lease) -> bool:
        """Closed, and not by a finalizer: when that runs is the collector's affair, and a traceback puts it off."""
        return lease.closed and not any(name.endswith("__del__") for name in lease.closed_in)

    @staticmethod
    def set_up(view: View, mine: list[Lease], theirs: list[Lease]) -> bool:
        """Whoever was to close it has not got it yet: the function that opens it failed, and nothing holds on to it."""
        opening = {lease.path[0].function for lease in mine if lease.kind == "connection" and not lease.closed}
        under_way = opening & {site.function for site in view.call.path}
        closed = [lease for lease in theirs if lease.closed]
        return bool(under_way and closed) and all(not under_way & set(lease.closed_in) for lease in closed)


def _taken(trace: Trace, entry: Entry) -> dict[str, list[Lease]]:
    """The connections that a unit of work took, by pool or place."""
    found: dict[str, list[Lease]] = {}
    for lease in trace.leases:
        same = lease.entry is entry or (
            entry.kind == "direct" and lease.entry is not None and lease.entry.activation == entry.activation
        )
        if same:
            found.setdefault(lease.name, []).append(lease)
    return found


def _open(leases: list[Lease]) -> int:
    return sum(not lease.closed for lease in leases)
