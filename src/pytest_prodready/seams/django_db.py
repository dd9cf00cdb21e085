"""Django's transactions: the driver below reports the calls, so that wrapping and `atomic` behave as in production.

`django.test.TestCase` wraps the application in a transaction of its own. What is COMMIT, ROLLBACK or autocommit in
production is RELEASE, ROLLBACK TO or nothing at all there: this seam says which, and keeps the test's own transaction.
"""

from __future__ import annotations

import inspect
import os
import sqlite3
import weakref
from collections.abc import Callable
from contextlib import ContextDecorator, nullcontext, suppress
from types import CodeType, FrameType, ModuleType
from typing import Any

from ..frames import LAZY, runs_for
from . import Patches, Seam, hub
from .dbapi import state
from .sqlite import setting_up


def _tests_own(atomic: Any) -> bool:
    return bool(getattr(atomic, "_from_testcase", False))


def _blocks(connection: Any) -> list[Any]:
    return list(getattr(connection, "atomic_blocks", ()))


def _wrapped_by_test(connection: Any) -> bool:
    """Whether a test's transaction surrounds everything."""
    return any(map(_tests_own, _blocks(connection)))


def _in_production_autocommit(connection: Any) -> bool:
    """Whether there is no transaction but the test's own."""
    blocks = _blocks(connection)
    return bool(blocks) and all(map(_tests_own, blocks))


def _in_trial() -> bool:
    return hub.production and hub.trace is not None and hub.trace.phase == "call"


# -------------------------------------------------------------------------------------------------------- atomic
def _enter(wrapped: Any, atomic: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or _tests_own(atomic):
        return wrapped(*args, **kwargs)
    from django.db.transaction import get_connection

    connection = get_connection(atomic.using)
    if not _in_production_autocommit(connection):
        return wrapped(*args, **kwargs)
    if hasattr(connection.connection, "_prodready_wrote"):
        connection.connection._prodready_wrote = False
    elif connection.connection is not None:
        state(connection.connection).wrote = False
    if _in_trial():
        connection.needs_rollback = False  # in production this is a transaction, which no earlier error spoils
    return wrapped(*args, **kwargs)


def _exit(wrapped: Any, atomic: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is None or _tests_own(atomic):
        return wrapped(*args, **kwargs)
    from django.db.transaction import get_connection

    connection = get_connection(atomic.using)
    raw, blocks, sids = connection.connection, _blocks(connection), connection.savepoint_ids
    outermost = bool(blocks) and blocks[-1] is atomic and len(blocks) > 1 and all(map(_tests_own, blocks[:-1]))
    if outermost and (spared := _spared.get(connection)) is not None:
        try:
            return wrapped(*args, **kwargs)
        finally:  # the transaction is over, and the next query connects
            spared(sids[-1] if sids else None)
    if outermost and raw is not None and not hasattr(raw, "_prodready_release"):
        return _exit_over_server(wrapped, connection, args, kwargs)
    if not outermost or raw is None:
        return wrapped(*args, **kwargs)
    failed = args[0] is not None or connection.needs_rollback
    if sids and sids[-1] is not None:
        connection._prodready_ending = sids[-1]
        raw._prodready_release = None if failed else connection.ops.savepoint_commit_sql(sids[-1])
    try:
        return wrapped(*args, **kwargs)
    except BaseException:
        failed = True
        raise
    finally:
        connection._prodready_ending = raw._prodready_release = None
        if failed and _in_trial():  # a ROLLBACK leaves nothing behind
            connection.needs_rollback = connection.errors_occurred = False


def _mark_for_rollback(wrapped: Any, instance: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """An error outside of any transaction of the application's spoils none."""
    if _in_trial():
        from django.db.transaction import get_connection

        if _in_production_autocommit(get_connection(args[0] if args else kwargs.get("using"))):
            return nullcontext()
    return wrapped(*args, **kwargs)


# --------------------------------------------------------------------------------------------------- connections
def _undo(connection: Any) -> None:
    """Roll back the application's transaction, and not the one of its test around it."""
    raw, blocks, sids = connection.connection, _blocks(connection), connection.savepoint_ids
    if not _wrapped_by_test(connection):
        sqlite3.Connection.rollback(raw)
        return
    own = sum(not _tests_own(block) for block in blocks)
    sid = sids[-own] if own and own <= len(sids) else getattr(connection, "_prodready_ending", None)
    if sid is not None:
        sqlite3.Cursor(raw).execute(connection.ops.savepoint_rollback_sql(sid))


def _get_new_connection(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and not hub.inside:
        hub.maker_hint = "other"  # Django connects when it first has to, be it for a fixture
    token = setting_up.set(True)
    try:
        raw = wrapped(*args, **kwargs)
    finally:
        setting_up.reset(token)
        hub.maker_hint = None
    if hasattr(raw, "_prodready_undo"):
        known = weakref.ref(connection)

        def undo() -> None:
            owner = known()
            if owner is not None and owner.connection is raw:
                _undo(owner)
            else:
                sqlite3.Connection.rollback(raw)

        def autocommit() -> bool:
            owner = known()
            return owner is not None and owner.connection is raw and _in_production_autocommit(owner)

        raw._prodready_undo, raw._prodready_autocommit = undo, autocommit
    return raw


def _broken(connection: Any) -> bool:
    return getattr(connection.connection, "_prodready_broken", None) is not None


def _mend(connection: Any) -> None:
    """A new connection would do."""
    connection.connection._prodready_broken = None
    connection.errors_occurred = False


def _close(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if _in_trial() and _broken(connection):
        _mend(connection)
    if _in_trial() and _wrapped_by_test(connection) and hasattr(connection.connection, "_prodready_undo"):
        if not _in_production_autocommit(connection):
            _undo(connection)
            connection.needs_rollback = True
        return None  # the test's own transaction lives in it
    return wrapped(*args, **kwargs)


def _close_if_unusable(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if connection in _spared:
        return _close_server(lambda: None, connection, (), {})
    if _in_trial() and _broken(connection):
        _close(lambda: connection.close(), connection, (), {})
    return wrapped(*args, **kwargs)


def _is_usable(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """SQLite always says yes; who asks will close a connection that was dropped, and go on with a new one."""
    if _in_trial() and _broken(connection):
        _mend(connection)
    return wrapped(*args, **kwargs)


def _last_query(wrapped: Any, operations: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """DEBUG and `assertNumQueries` ask SQLite how to quote what was sent: nothing that is done in production."""
    raw = operations.connection.connection
    broken = getattr(raw, "_prodready_broken", None)
    if broken is not None:
        raw._prodready_broken = None
    try:
        with hub.quiet():
            return wrapped(*args, **kwargs)
    finally:
        if broken is not None:
            raw._prodready_broken = broken


# ------------------------------------------------------------------------------------------------------- servers
#: A wrapper whose connection was lost in a trial: puts the one back that holds the test's own transaction.
_spared: weakref.WeakKeyDictionary[Any, Callable[[str | None], None]] = weakref.WeakKeyDictionary()


def _savepoint(connection: Any) -> str | None:
    """Where the application's own transaction began."""
    own = sum(not _tests_own(block) for block in _blocks(connection))
    sids = connection.savepoint_ids
    return sids[-own] if own and own <= len(sids) else None


def _roll_back_to(connection: Any, sid: str | None) -> None:
    if sid is not None:
        with hub.quiet(), connection.connection.cursor() as cursor:
            cursor.execute(connection.ops.savepoint_rollback_sql(sid))


def _stand_in(connection: Any) -> Any:
    """A new connection in the place of the one that holds the test's transaction; that comes back when the request ends."""
    raw = connection.connection
    with hub.quiet():
        other = connection.get_new_connection(connection.get_connection_params())

    def put_back(sid: str | None) -> None:
        if _spared.pop(connection, None) is not None:
            connection.connection = raw
            connection.needs_rollback = connection.errors_occurred = connection.closed_in_transaction = False
            _roll_back_to(connection, sid)
            with hub.quiet(), suppress(Exception):  # it is dead
                other.close()

    _spared[connection] = put_back
    connection.connection = other
    hub.at_entry_end(lambda: put_back(_savepoint(connection)))
    return other


def _exit_over_server(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The end of the application's transaction within the test's: RELEASE, which would be COMMIT."""
    about, sid = state(connection.connection), connection.savepoint_ids[-1] if connection.savepoint_ids else None
    if sid is None or args[0] is not None or connection.needs_rollback:
        return wrapped(*args, **kwargs)
    about.release = connection.ops.savepoint_commit_sql(sid)
    try:
        return wrapped(*args, **kwargs)
    finally:
        lost, about.release = about.release is not None, None
        put_back = _spared.get(connection)
        if put_back is not None:  # the transaction is over, and the next query connects
            put_back(sid if lost else None)


def _close_server(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    put_back = _spared.get(connection)
    if put_back is None:
        return wrapped(*args, **kwargs)
    sid = _savepoint(connection)
    put_back(sid)
    connection.needs_rollback = sid is not None  # as if closed in a transaction
    return None


def _connect_to_server(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    if hub.trace is not None and not hub.inside:
        hub.maker_hint = "other"  # as above
    try:
        raw = wrapped(*args, **kwargs)
    finally:
        hub.maker_hint = None
    known = weakref.ref(connection)

    def surrounded() -> bool:
        owner = known()
        return owner is not None and owner.connection is raw and _wrapped_by_test(owner)

    def request_over() -> None:
        """Django's test client leaves out what a server does at the end of each request."""
        owner = known()
        if owner is not None and owner.connection is raw and not _wrapped_by_test(owner):
            with hub.quiet():
                owner.close_if_unusable_or_obsolete()

    def owned(act: Callable[[Any], Any]) -> Callable[[], Any]:
        def do() -> Any:
            owner = known()
            return act(owner) if owner is not None and owner.connection is raw else None

        return do

    about = state(raw)
    about.surrounded, about.request_over = surrounded, request_over
    about.stands_in, about.unguarded = owned(_stand_in), owned(_in_production_autocommit)
    about.undo = owned(lambda owner: _roll_back_to(owner, _savepoint(owner)))
    return raw


def _quietly(wrapped: Any, connection: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """What Django asks a connection for itself is a part of connecting."""
    with hub.quiet():
        return wrapped(*args, **kwargs)


# ------------------------------------------------------------------------------------------------------ the seam
#: Runs a function that `atomic` decorates: the commit comes when no line of it is on the stack.
DECORATED = frozenset(c for c in ContextDecorator.__call__.__code__.co_consts if isinstance(c, CodeType))


def _decorated(frame: FrameType) -> Any:
    """What `Atomic.__exit__` ends: a decorated function, or a view under ATOMIC_REQUESTS."""
    caller: FrameType | None = frame
    for _ in range(6):  # frames of ours are between
        caller = caller.f_back if caller is not None else None
        if caller is not None and caller.f_code in DECORATED:
            function = inspect.unwrap(caller.f_locals.get("func"))  # type: ignore[arg-type]
            return getattr(function, "view_class", None) or getattr(function, "cls", None) or function
    return None


def _create_model(wrapped: Any, editor: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """A table of a model of source's, by migrations or without: whoever runs them, production has it like this."""
    from django.apps import apps

    meta = (args[0] if args else kwargs["model"])._meta
    with suppress(LookupError):  # an application that is not installed
        if hub.is_source(os.path.join(apps.get_app_config(meta.app_label).path, "models.py")):
            hub.designed.add(meta.db_table.lower())
    return wrapped(*args, **kwargs)


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "django.db.models.fields.related_descriptors":
        patches.on_undo(runs_for(module.ForwardManyToOneDescriptor.get_object.__code__, LAZY))
        patches.on_undo(runs_for(module.ReverseOneToOneDescriptor.__get__.__code__, LAZY))
    elif module.__name__ == "django.db.transaction":
        patches.on_undo(runs_for(inspect.unwrap(module.Atomic.__exit__).__code__, _decorated))
        patches.wrap(module.Atomic, "__enter__", _enter)
        patches.wrap(module.Atomic, "__exit__", _exit)
        patches.wrap(module, "mark_for_rollback_on_error", _mark_for_rollback)
    elif module.__name__ == "django.db.backends.base.base":
        patches.wrap(module.BaseDatabaseWrapper, "close_if_unusable_or_obsolete", _close_if_unusable)
    elif module.__name__ == "django.db.backends.base.schema":
        patches.wrap(module.BaseDatabaseSchemaEditor, "create_model", _create_model)
    elif module.__name__ == "django.db.backends.sqlite3.operations":
        patches.wrap(module.DatabaseOperations, "last_executed_query", _last_query)
    elif module.__name__ != "django.db.backends.sqlite3.base":
        patches.wrap(module.DatabaseWrapper, "get_new_connection", _connect_to_server)
        patches.wrap(module.DatabaseWrapper, "init_connection_state", _quietly)
        patches.wrap(module.DatabaseWrapper, "is_usable", _quietly)
        patches.wrap(module.DatabaseWrapper, "close", _close_server)
    else:
        patches.wrap(module.DatabaseWrapper, "get_new_connection", _get_new_connection)
        patches.wrap(module.DatabaseWrapper, "close", _close)
        patches.wrap(module.DatabaseWrapper, "is_usable", _is_usable)


SEAM = Seam(
    "django-db",
    (
        "django.db.transaction",
        "django.db.models.fields.related_descriptors",
        "django.db.backends.base.base",
        "django.db.backends.base.schema",
        "django.db.backends.sqlite3.operations",
        "django.db.backends.sqlite3.base",
        "django.db.backends.postgresql.base",
        "django.db.backends.mysql.base",
    ),
    install,
)
