"""One database call that fails, and what its connection can do then: the same for a real cause and an injected one."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass, field
from typing import Any

from . import outcome
from .sql import Client

#: What an application does next: it gives up its transaction, or takes no notice and commits it.
THEN = {"gives up": ("execute", "rollback", "execute"), "goes on": ("commit", "execute", "commit")}
EARLIER = "INSERT INTO earlier VALUES (1)"
READ = "SELECT n FROM live"
WRITE = "INSERT INTO live VALUES (3, 0)"
UPDATE = "UPDATE live SET n = n + 1 WHERE id = 2"


@dataclass(frozen=True)
class Form:
    """The canonical form of a fault: how the real failure comes about.

    Attributes:
        what: the form, in the words of the documentation.
        real: brings the failure about while it is entered; gets the bench of servers and the client.
        before: what the transaction did before.
        statement: that which fails; for a COMMIT, what it would commit.
        place: which address the client connects to for the real one.
        then: what the application does next, in one run each.
    """

    fault: str
    kind: str
    what: str
    real: Callable[[Any, Client], AbstractContextManager[Any]]
    before: tuple[str, ...] = (EARLIER,)
    statement: str = WRITE
    place: str = "server"
    then: dict[str, tuple[str, ...]] = field(default_factory=lambda: THEN)


def act(
    form: Form, client: Client, url: str, trouble: AbstractContextManager[Any], then: tuple[str, ...]
) -> dict[str, Any]:
    """All that can be seen while a form strikes and after it."""
    try:
        if form.kind == "connect":
            with trouble:
                raised = outcome(lambda: client.connect(url))
            return {"raised": raised, "state": outcome(client.state), "again": outcome(lambda: client.connect(url))}
        client.connect(url)
        for sql in form.before:
            client.execute(sql)
        if form.kind == "commit":
            client.execute(form.statement)
        with trouble:
            raised = outcome(client.commit if form.kind == "commit" else lambda: client.execute(form.statement))
        seen = {"raised": raised, "state": outcome(client.state)}
        for number, step in enumerate(then, 1):
            seen[f"{number} {step}"] = outcome(
                (lambda: client.execute("SELECT 1")) if step == "execute" else getattr(client, step)
            )
            seen[f"{number} state"] = outcome(client.state)
        seen["close"] = outcome(client.close)
        return seen
    finally:
        with suppress(Exception):
            client.over()
