"""Caches: the family `cache` of DESIGN section 4."""

from __future__ import annotations

from . import Fault

ANY = frozenset({"read", "write"})
READ = frozenset({"read"})

FAULTS = [
    Fault(
        "cache.unavailable",
        "the cache cannot be reached",
        "restart, fail-over, network partition: the application has to do without it",
        ANY,
        1,
        outage=True,
    ),
    Fault("cache.timeout", "the cache does not answer in time", "a slow command of somebody else's blocks it", ANY, 8),
    Fault("cache.evicted", "what was in the cache is gone", "memory is full, or its time was over", READ, 8),
    Fault("cache.corrupt", "the cached value is cut short", "another version of the application wrote it", READ, 8),
]
