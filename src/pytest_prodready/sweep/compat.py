"""Every private name of pytest that we use, in one place: tested on each supported version."""

from __future__ import annotations

import contextlib
import functools
import inspect
import io
import sys
from collections.abc import Callable, Iterable, Iterator
from typing import Any, cast

import pytest
from _pytest._code.code import ReprEntryNative, ReprExceptionInfo, ReprFileLocation, ReprTraceback
from _pytest.doctest import DoctestItem
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


@contextlib.contextmanager
def no_allure() -> Iterator[None]:
    """allure's listener writes through a plugin manager of its own: in here nobody takes its results."""
    commons = sys.modules.get("allure_commons")
    if commons is None:
        yield
        return
    manager: Any = commons.plugin_manager
    writers = [(manager.get_name(one), one) for one in manager.get_plugins() if hasattr(one, "report_result")]
    for name, _ in writers:
        manager.unregister(name=name)
    try:
        yield
    finally:
        for name, one in writers:
            manager.register(one, name)


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


def failure(file: str, line: int, message: str) -> Any:
    """The `longrepr` of a report that fails a test at a line, with a message and no traceback.

    pytest's summary takes the message from `reprcrash`, which with a traceback of one entry xdist sends along.
    """
    told = ReprTraceback([ReprEntryNative([message + "\n"])], None, "native")
    return ReprExceptionInfo(told, ReprFileLocation(file, line, message))


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
def same_examples(item: pytest.Item, enough: Callable[[], bool] = lambda: False) -> Iterator[None]:
    """A Hypothesis test runs a few examples, always the same, shrinks nothing and leaves nothing in its database.

    Args:
        enough: tells that no further example is wanted: the fault of this trial has struck.
    """
    if not is_hypothesis(item):
        yield
        return
    from hypothesis import HealthCheck, Phase, settings

    function = item.obj  # type: ignore[attr-defined]
    function = getattr(function, "__func__", function)
    while "hypothesis" in vars(getattr(function, "__wrapped__", item)):  # another decorator, around `given`
        function = function.__wrapped__
    before = getattr(function, "_hypothesis_internal_use_settings", None)
    function._hypothesis_internal_use_settings = settings(
        before, max_examples=EXAMPLES, database=None, deadline=None, derandomize=True,
        phases=(Phase.explicit, Phase.generate), suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    handle, inner = function.hypothesis, function.hypothesis.inner_test
    handle.inner_test = _until(enough, inner)
    try:
        yield
    finally:
        handle.inner_test = inner
        function._hypothesis_internal_use_settings = before


def _until(enough: Callable[[], bool], inner: Callable[..., Any]) -> Callable[..., Any]:
    """The body of a Hypothesis test that does nothing any more once it is enough."""

    @functools.wraps(inner)
    def example(*args: Any, **kwargs: Any) -> Any:
        return None if enough() else inner(*args, **kwargs)

    @functools.wraps(inner)
    async def example_async(*args: Any, **kwargs: Any) -> Any:
        return None if enough() else await inner(*args, **kwargs)

    return example_async if inspect.iscoroutinefunction(inner) else example


def is_doctest(item: pytest.Item) -> bool:
    return isinstance(item, DoctestItem)


def uses_our_fixture(item: pytest.Item, name: str) -> bool:
    """Whether the test asks for the plugin's fixture `name`, and not for one of the user's own of that name."""
    info = getattr(item, "_fixtureinfo", None)
    found = info.name2fixturedefs.get(name, ()) if info is not None else ()
    return any(one.func.__module__ == "pytest_prodready.plugin" for one in found[-1:])


def replaced_fixtures(items: Iterable[pytest.Item], names: Iterable[str]) -> list[str]:
    """A sentence for each fixture of the plugin whose place one of the user's own takes."""
    own = {
        (name, one.func.__module__)
        for item in items
        for name in names
        for one in getattr(getattr(item, "_fixtureinfo", None), "name2fixturedefs", {}).get(name, ())[-1:]
        if one.func.__module__ != "pytest_prodready.plugin"
    }
    return [f"your own fixture {name!r} in {module} takes the place of the plugin's" for name, module in sorted(own)]
