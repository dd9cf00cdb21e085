"""Which fault a measured failure is, and which measured failures are other forms of one: by name, the first that matches counts."""

from __future__ import annotations

import re

SQL, SQLITE, REDIS, HTTP = "sql", "sqlite", "redis", "http"
#: driver of the measurements -> how its failures are named.
FAMILIES = (
    (r"sqlite", SQLITE),
    (r"redis", REDIS),
    (r"^(requests|httpx|aiohttp|urllib|http\.client|botocore|stripe)", HTTP),
    (r"", SQL),
)
#: Scenes of a pool or a session are told in words.
SCENES = (
    (r"exhausted|closed pool|no check|dropped \(rst\)|pre_ping=True|CONN_HEALTH|then (rollback|close)|dead connection returned|swallowed|caught outside|on_commit|PendingRollback|not flush|lock|unique|wait\(\)|all 3", None, ""),
    (r"commit_drop_after", "db.commit-lost", "commit"),
    (r"commit_drop_before|then commit", "db.connection-dropped", "commit"),
    (r"refused|server down", "db.connection-refused", "connect"),
    (r"statement_timeout", "db.timeout", "write"),
    (r"async with conn.transaction", None, ""),
    (r"^fin|^idle pooled|terminate", "db.connection-dropped", "write"),
)  # fmt: skip
FAULTS = {
    SQL: (
        (r" ", None, ""),
        (r"no_tx|blackhole|use_after|cancel|rollback$|commit_in_failed|in_failed", None, ""),
        (r"connect_(refused|dns|timeout|fin|rst)|server_(starting_up|shutting_down_connect)", "db.connection-refused", "connect"),
        (r"too_many_connections", "db.too-many-connections", "connect"),
        (r"commit_drop_after", "db.commit-lost", "commit"),
        (r"commit_drop_before|then_commit", "db.connection-dropped", "commit"),
        (r"serialization_failure_at_commit", "db.serialization-failure", "commit"),
        (r"serialization|snapshot|recovery_conflict", "db.serialization-failure", "write"),
        (r"deadlock", "db.deadlock", "write"),
        (r"read_only", "db.read-only", "write"),
        (r"disk_full|table_full", "db.disk-full", "write"),
        (r"statement_timeout|lock_timeout|lock_wait|lock_nowait|read_timeout|client_timeout", "db.timeout", "write"),
        (r"(fin|rst)_|terminate|shutdown|backend_(killed|crash)|server_killed|kill_connection|idle_\w*timeout|wait_timeout", "db.connection-dropped", "write"),
    ),
    SQLITE: (
        (r"cannot_open", "db.connection-refused", "connect"),
        (r"locked_at_commit", "db.locked", "commit"),
        (r"locked_read", "db.locked", "read"),
        (r"locked|busy", "db.locked", "write"),
        (r"disk_full.*commit", "db.disk-full", "commit"),
        (r"disk_full", "db.disk-full", "write"),
        (r"io_error", "db.connection-dropped", "write"),
        (r"readonly|query_only|file_replaced", "db.read-only", "write"),
    ),
    REDIS: (
        (r"pubsub|exhausted|max_clients|auth|loading|incr|idle$", None, ""),
        (r"^connect_|(fin|rst)_|gone|client_kill", "cache.unavailable", ""),
        (r"blackhole|read_timeout", "cache.timeout", ""),
    ),
    HTTP: (
        (r"idle_keepalive|fin_mid_headers|no_content|without", None, ""),
        (r"connect_refused", "http.connection-refused", ""),
        (r"dns_failure", "http.dns-failure", ""),
        (r"connect_timeout", "http.connect-timeout", ""),
        (r"mid_body", "http.truncated-body", ""),
        (r"read_timeout", "http.read-timeout", ""),
        (r"^(rst|fin)$", "http.connection-reset", ""),
        (r"loop", "http.redirect-loop", ""),
        (r"self_signed", "http.tls-failure", ""),
        (r"status_401", "http.unauthorized", ""),
        (r"status_429", "http.rate-limited", ""),
        (r"status_500", "http.server-error", ""),
        (r"status_503", "http.unavailable", ""),
        (r"^html .json|^html_as_json", "reply.html", ""),
        (r"^empty .json", "reply.empty", ""),
        (r"^trunc_json .json", "reply.truncated-json", ""),
        (r"^bad_utf8 .json", "reply.bad-encoding", ""),
    ),
}  # fmt: skip
#: Real forms of a fault that are not its canonical one.
OTHER = {
    SQL: (
        (r"tls", "over TLS"),
        (r"replica_recovery_conflict", "a replica's conflict with recovery, not with another transaction"),
        (r"recovery|starting_up|shutting_down", "the server starts or stops"),
        (r"connect_(dns|timeout|fin|rst)|idle_then_commit", "another way not to be there: a name, silence, an end, an idle connection"),
        (r"terminate|shutdown|crash|killed|idle_\w*timeout|wait_timeout|kill_connection", "the server says goodbye, or is killed"),
        (r"^rst|_rst|drop.*rst", "a reset instead of an end"),
        (r"idle", "noticed while idle, not while a query waits"),
        (r"role|superuser|user", "another limit than the server's"),
        (r"lock_|statement_timeout|read_timeout|client_timeout", "another limit of time: of a lock, a statement, a read"),
        (r"snapshot", "a level of isolation that is off by default"),
        (r"read_only|disk_full|table_full", "the same refusal by a replica, a setting or another file"),
    ),
    SQLITE: (
        (r"moved|replaced", "the file was moved away under the connection"),
        (r"journal_is_directory", "the journal cannot be read, where a write is what fails"),
        (r"busy_snapshot|shared_cache", "another lock: of a snapshot in WAL mode, of a shared cache"),
    ),
    REDIS: (
        (r"connect_(dns|timeout|fin|rst)", "another way not to be there: a name, silence, an end, a reset"),
        (r"(fin|rst)_|gone|client_kill", "the connection ends during a command, while nobody connects"),
        (r"timeout|blackhole", "a server that stays silent longer than all attempts of the client"),
    ),
    HTTP: (
        (r"^fin$", "an end instead of a reset"),
        (r"rst_mid_body|hole_mid_body", "a reset or silence in the middle of the body, instead of an end"),
        (r"^read_timeout", "measured without the cancellation that a time-out of asyncio comes from, and which is there"),
        (r"self_signed", "a certificate that nobody has signed, instead of an expired one"),
        (r"status|json|html", "other words of the server's, or a body that another part of the client reads"),
    ),
}  # fmt: skip


def family(driver: str) -> str:
    return next(name for pattern, name in FAMILIES if re.search(pattern, driver))


def _never(driver: str, fault: str) -> bool:
    """What is not injected into a client: SDKs read no JSON of another's making, botocore hands bodies out as streams."""
    if driver.startswith("botocore"):
        return fault.startswith("reply.") or fault in ("http.redirect-loop", "http.truncated-body")
    return driver.startswith("stripe") and fault.startswith("reply.")


def fault_of(driver: str, failure: str) -> tuple[str | None, str]:
    """The fault that stands for a measured failure, and the kind of call; None where there is none."""
    scene = re.search(r"pool|Session|ORM", driver)
    for pattern, fault, kind in SCENES if scene else FAULTS[family(driver)]:
        if re.search(pattern, failure):
            return (None, "") if fault is not None and _never(driver, fault) else (fault, kind)
    return None, ""


def other_form(driver: str, failure: str) -> str | None:
    return next((why for pattern, why in OTHER[family(driver)] if re.search(pattern, failure)), None)
