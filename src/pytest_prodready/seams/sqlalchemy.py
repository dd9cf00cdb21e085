"""SQLAlchemy: the driver below reports the calls, so that wrapping, pool and session behave as in production.

What only SQLAlchemy knows is who made the engine: its pool connects whenever it likes.
"""

from __future__ import annotations

import sys
import weakref
from types import ModuleType
from typing import Any

from . import Patches, Seam, hub

_makers: weakref.WeakKeyDictionary[Any, str] = weakref.WeakKeyDictionary()


def _engine_init(wrapped: Any, engine: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
    wrapped(*args, **kwargs)
    _makers[engine.dialect] = hub.origin(sys._getframe(1))


def _do_connect(dialect: Any, record: Any, cargs: Any, cparams: Any) -> None:
    hub.maker_hint = _makers.get(dialect)


def install(module: ModuleType, patches: Patches) -> None:
    from sqlalchemy import event
    from sqlalchemy.engine import Engine

    patches.wrap(Engine, "__init__", _engine_init)
    event.listen(Engine, "do_connect", _do_connect)
    patches.on_undo(lambda: event.remove(Engine, "do_connect", _do_connect))


SEAM = Seam("sqlalchemy", ("sqlalchemy",), install)
