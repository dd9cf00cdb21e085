"""Databases: the family `db` of DESIGN section 4."""

from __future__ import annotations

from . import Fault

CONNECT = frozenset({"connect"})
QUERY = frozenset({"read", "write"})
CHANGE = frozenset({"write", "commit"})
IN_USE = frozenset({"read", "write", "commit"})

FAULTS = [
    Fault(
        "db.connection-refused",
        "the database cannot be reached",
        "fail-over, restart, network partition, a missing volume",
        CONNECT,
        1,
        outage=True,
    ),
    Fault(
        "db.connection-dropped",
        "the connection is lost in the middle of work",
        "fail-over, idle time-outs of proxies, a full disk of the server",
        IN_USE,
        1,
    ),
    Fault(
        "db.disk-full",
        "the database has no room left",
        "logs and tables grow; the transaction is rolled back",
        CHANGE,
        8,
    ),
    Fault("db.locked", "another connection holds the lock", "SQLite allows one writer at a time", IN_USE, 8),
    Fault(
        "db.deadlock",
        "the database gave this transaction up to end a deadlock",
        "two requests lock rows in different order",
        CHANGE,
        8,
    ),
    Fault(
        "db.serialization-failure",
        "the transaction could not be serialised",
        "concurrent transactions at a strict isolation level",
        CHANGE,
        8,
    ),
    Fault(
        "db.timeout",
        "the statement ran into a time-out",
        "a lock held by a long report, a missing index at volume",
        IN_USE,
        8,
    ),
    Fault(
        "db.too-many-connections",
        "the server has no connection left",
        "more workers times pool size than the server allows",
        CONNECT,
        8,
    ),
    Fault(
        "db.read-only",
        "the database accepts no writes",
        "connected to a replica after fail-over, a read-only file system",
        CHANGE,
        8,
    ),
    Fault(
        "db.commit-lost",
        "the commit took effect, its confirmation was lost",
        "the connection died between COMMIT and its answer",
        frozenset({"commit"}),
        8,
        after=True,
    ),
]
