"""Every private name of pytest that we use, in one place: tested on each supported version."""

from __future__ import annotations

import contextlib
import io
import sys
from collections.abc import Iterator
from typing import Any, cast

import pytest
from _pytest.runner import runtestprotocol

#: Hooks that would carry a trial's events into the user's results.
MUTED = frozenset(
    {
        "pytest_runtest_logreport",
        "pytest_runtest_logstart",
        "pytest_runtest_logfinish",
        "pytest_warning_recorded",
        "pytest_exception_interact",
        "pytest_report_to_serializable",
    }
)


class _Silence:
    def __call__(self, **kwargs: Any) -> list[Any]:
        return []

    def call_historic(self, *args: Any, **kwargs: Any) -> None:
        return None


class _MutedHooks:
    """A hook relay in which the muted hooks do nothing."""

    def __init__(self, hooks: Any) -> None:
        self._hooks = hooks

    def __getattr__(self, name: str) -> Any:
        return _Silence() if name in MUTED else getattr(self._hooks, name)


@contextlib.contextmanager
def muted(session: pytest.Session) -> Iterator[None]:
    """Nothing that a re-run reports reaches the terminal, other plugins, or xdist's controller."""
    config, any_session = session.config, cast(Any, session)  # methods of the instance are shadowed for a while
    proxy = session.gethookproxy
    before = {name: vars(config.hook)[name] for name in MUTED if name in vars(config.hook)}
    for name in before:
        setattr(config.hook, name, _Silence())
    any_session.gethookproxy = lambda fspath: _MutedHooks(proxy(fspath))
    failed, failures = session.testsfailed, session.shouldfail
    plugin = config.pluginmanager.get_plugin("logging-plugin")
    handlers = [h for h in (getattr(plugin, n, None) for n in ("log_cli_handler", "log_file_handler")) if h is not None]
    levels = [handler.level for handler in handlers]
    for handler in handlers:
        handler.setLevel(1_000_000)
    stash = _failed_subtests(config)
    kept = dict(stash) if stash is not None else None
    # with -s nothing else catches what a trial prints
    silent = io.StringIO() if config.option.capture == "no" else None
    try:
        with contextlib.redirect_stdout(silent or sys.stdout), contextlib.redirect_stderr(silent or sys.stderr):
            yield
    finally:
        if stash is not None and kept is not None:
            stash.clear()
            stash.update(kept)
        for handler, level in zip(handlers, levels, strict=True):
            handler.setLevel(level)
        del any_session.gethookproxy
        for name, hook in before.items():
            setattr(config.hook, name, hook)
        session.testsfailed, session.shouldfail = failed, failures


def _failed_subtests(config: pytest.Config) -> Any:
    try:
        from _pytest.subtests import failed_subtests_key
    except ImportError:  # pytest before 9
        return None
    return config.stash.get(failed_subtests_key, None)


def run_protocol(item: pytest.Item, nextitem: Any) -> list[pytest.TestReport]:
    """Set up, call and tear down an item, without reporting."""
    return runtestprotocol(item, log=False, nextitem=nextitem)


@contextlib.contextmanager
def fresh(item: pytest.Item) -> Iterator[None]:
    """The item as it was collected: a new instance, no sections, and cheap failures."""
    any_item: Any = item
    properties, sections = list(item.user_properties), list(getattr(item, "_report_sections", ()))
    _reset(any_item)
    any_item.repr_failure = lambda excinfo, style=None: str(excinfo.value)
    try:
        yield
    finally:
        del any_item.repr_failure
        item.user_properties[:] = properties
        any_item._report_sections[:] = sections
        _reset(any_item)


def _reset(item: Any) -> None:
    if hasattr(item, "_request"):
        item._request = False
    if hasattr(item, "funcargs"):
        item.funcargs = None
    if getattr(item, "cls", None) is not None:
        item.__dict__.pop("_instance", None)  # pytest 8.2 leaves None there
        item._obj = None


def tear_down(session: pytest.Session, nextitem: Any) -> None:
    """Tear down what `nextitem` does not share."""
    session._setupstate.teardown_exact(nextitem)


@contextlib.contextmanager
def same_stops(session: pytest.Session) -> Iterator[None]:
    """Reports of ours do not stop the suite: `-x` is about its own."""
    stops: dict[str, Any] = {n: vars(session)[n] for n in ("shouldfail", "_shouldfail") if n in vars(session)}
    try:
        yield
    finally:
        vars(session).update(stops)


def recording_plugin(config: pytest.Config) -> str | None:
    """A snapshot or cassette plugin that would write files of the project now."""
    option = config.option
    if getattr(option, "update_snapshots", False):
        return "syrupy"
    if getattr(option, "snapshot_update", False):
        return "a snapshot plugin"
    inline = getattr(option, "inline_snapshot", None)
    if inline and {"create", "fix", "update", "trim"} & set(str(inline).split(",")):
        return "inline-snapshot"
    for name in ("record_mode", "vcr_record", "vcr_record_mode"):
        mode = getattr(option, name, None)
        if mode and str(mode) not in ("none", "None"):
            return "a cassette plugin"
    return None


EXAMPLES = 15  # of a Hypothesis test, in each run of ours


def is_hypothesis(item: pytest.Item) -> bool:
    return bool(getattr(getattr(item, "obj", None), "is_hypothesis_test", False))


@contextlib.contextmanager
def same_examples(item: pytest.Item) -> Iterator[None]:
    """A Hypothesis test runs a few examples, always the same, shrinks nothing and leaves nothing in its database."""
    if not is_hypothesis(item):
        yield
        return
    from hypothesis import HealthCheck, Phase, settings

    function = item.obj  # type: ignore[attr-defined]
    function = getattr(function, "__func__", function)
    before = getattr(function, "_hypothesis_internal_use_settings", None)
    function._hypothesis_internal_use_settings = settings(
        before, max_examples=EXAMPLES, database=None, deadline=None, derandomize=True,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    try:
        yield
    finally:
        function._hypothesis_internal_use_settings = before


def uses_our_fixture(item: pytest.Item, name: str) -> bool:
    """Whether the test asks for the plugin's fixture `name`, and not for one of the user's own of that name."""
    info = getattr(item, "_fixtureinfo", None)
    found = info.name2fixturedefs.get(name, ()) if info is not None else ()
    return any(one.func.__module__ == "pytest_prodready.plugin" for one in found[-1:])
