"""Dramatiq: an actor is an entry of its own, called by a Worker's thread or by the test."""

from __future__ import annotations

import sys
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub
from ._queued import EVERYTHING, as_task, names


def _call(wrapped: Any, actor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or hub.sources is None:
        return wrapped(*args, **kwargs)
    if hub.sources.stack(sys._getframe(1)).site is not None:  # source calls it like any function
        return wrapped(*args, **kwargs)
    return as_task(actor.actor_name, _handlers(actor), lambda: wrapped(*args, **kwargs))


def _handlers(actor: Any) -> tuple[str, ...]:
    """A broker with the middleware for it tries again whatever fails, unless the actor says otherwise."""
    found = names(actor.options.get("throws"))
    for middleware in actor.broker.middleware:
        if type(middleware).__name__ == "Retries":
            default = getattr(middleware, "max_retries", None)
            if actor.options.get("max_retries", default) != 0:
                return (*found, EVERYTHING)
    return found


def _enqueue(wrapped: Any, broker: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A trial does not wait for the back-off of a retry."""
    delay = kwargs.get("delay")
    if hub.trace is None or not hub.production or not delay:
        return wrapped(*args, **kwargs)
    hub.later(delay / 1000)
    return wrapped(*args, **{**kwargs, "delay": None})


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "dramatiq.actor":
        patches.wrap(module.Actor, "__call__", _call)
    else:
        patches.wrap(module.StubBroker, "enqueue", _enqueue)


def canary(module: ModuleType) -> None:
    import dramatiq
    from dramatiq.brokers.stub import StubBroker

    actor: Any = dramatiq.actor
    actor(lambda: None, actor_name="canary", broker=StubBroker(middleware=[]))()


SEAM = Seam("dramatiq", ("dramatiq.actor", "dramatiq.brokers.stub"), install, canary)
