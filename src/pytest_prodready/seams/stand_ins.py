"""Stand-ins: what a test puts in a library's place with `unittest.mock`, pytest-mock or monkeypatch.

A stand-in ends the way to the library: the call of the double *is* the interaction. It is reported under the
name of the library that it stands for, and fails as the library would. The double itself is not touched: a
mock keeps its records, and what was replaced is put back as it was. Here is how doubles come and go; what their calls
mean is told by a module per kind of library.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from types import FunctionType, MethodType, ModuleType
from typing import Any

from . import Patches, Seam, doubles, hub, pacing, stand_ins_http, stand_ins_mail, stand_ins_requests, stand_ins_sqlite
from .doubles import LIBRARIES, Double, Put, StandIn, client_types, known_mock, mock_of, stands_for, steps_of
from .stand_ins_requests import CLIENTS, SENDERS, VERBS

#: Libraries whose doubles `stand_ins_http` knows.
OTHER_HTTP = frozenset({"urllib3", "urllib", "http.client"})
#: What a patcher or MonkeyPatch has to take back, by its id.
_undo: dict[int, list[Callable[[], None]]] = {}


# ---------------------------------------------------------------------- the calls
def _report(
    double: Double,
    path: tuple[str, ...],
    mock: Any,
    args: tuple[Any, ...],
    kwargs: dict[str, Any],
    do: Callable[[], Any],
) -> Any:
    """A double is called: report it, if it stands for something that is an interaction."""
    if hub.trace is None or hub.inside:
        return do()
    steps = steps_of(path)
    if double.library == "sqlite3":
        answer = stand_ins_sqlite.report(double, steps, mock, args, kwargs, do)
        return _made(double, steps, answer) if stand_ins_sqlite.is_constructor(steps) else answer
    if double.library == "smtplib":
        answer = stand_ins_mail.report(double, steps, args, kwargs, do)
        return _made(double, steps, answer) if stand_ins_mail.is_constructor(steps) else answer
    if double.library in OTHER_HTTP:
        steps = stand_ins_http.bare(double.library, steps)
        if not stand_ins_http.is_constructor(double.library, steps):
            return stand_ins_http.report(double, steps, args, kwargs, do)
        double.made = stand_ins_http.constructed(double.library, args, kwargs)
        return _made(double, steps, do())
    if stand_ins_requests.is_constructor(steps):
        double.made = kwargs
        return _made(double, steps, do())
    return stand_ins_requests.report(double, steps, args, kwargs, do)


def _made(double: Double, steps: tuple[str, ...], result: Any) -> Any:
    """A constructor gave a client or connection: listen to it, if it is a double that we do not know yet."""
    if double.put is not None and double.forget is not None and known_mock(result) is None:
        inner = replace(double, path=(*steps, "()"))
        if not _listen(result, inner, double.forget):
            _cover_methods(result, inner, double.put, double.forget)
    return result


# ---------------------------------------------------------------------- how doubles come and go
def _cover(target: Any, name: str, original: Any, value: Any, put: Put, forget: Callable[[Any], None]) -> None:
    """`target.name` was `original` and is `value` now: listen to `value`.

    Args:
        put: replaces an attribute until the double goes.
        forget: called with each mock that is to be forgotten when the double goes.
    """
    double = stands_for(original)
    if double is None:
        return
    double.put, double.forget = put, forget
    if _listen(value, double, forget):
        return
    if _is_function(value):
        setattr(target, name, StandIn(value, double, _report))
        return
    _cover_methods(value, double, put, forget)


def _cover_methods(value: Any, double: Double, put: Put, forget: Callable[[Any], None]) -> None:
    for owner, attribute, inner in list(_methods(value, double)):
        found = vars(owner)[attribute]
        if _is_function(found):
            put(owner, attribute, StandIn(found, inner, _report))
        else:
            _listen(found, inner, forget)


def _listen(value: Any, double: Double, forget: Callable[[Any], None]) -> bool:
    """Remember a mock."""
    mock = mock_of(value)
    try:
        is_mock = "_mock_children" in vars(mock)
    except TypeError:
        return False
    if is_mock and id(mock) not in doubles.remembered:
        doubles.remembered[id(mock)] = (mock, double)
        forget(mock)
    return is_mock


def _is_function(value: Any) -> bool:
    return isinstance(value, FunctionType | MethodType | staticmethod | classmethod) and not isinstance(value, StandIn)


def _clients(library: str) -> frozenset[str]:
    return stand_ins_mail.CLASSES if library == "smtplib" else CLIENTS


def _functions(library: str) -> frozenset[str]:
    own = {"sqlite3": frozenset({"connect"}), "smtplib": stand_ins_mail.CLASSES}
    return own.get(library, VERBS | {"request", "stream"} | CLIENTS)


def _senders(library: str) -> frozenset[str]:
    return stand_ins_mail.METHODS if library == "smtplib" else SENDERS


def _methods(value: Any, double: Double) -> Iterator[tuple[Any, str, Double]]:
    """The methods of a test's own class, object or namespace that stand for something."""
    steps = steps_of(double.path)
    if double.library == "sqlite3" and steps != ():
        return
    if isinstance(value, type):
        if len(steps) == 1 and steps[0] in _clients(double.library):
            yield from _methods_of_class(value, replace(double, path=(*steps, "()")), _senders(double.library))
        return
    names: frozenset[str]
    if steps == ():
        names = _functions(double.library)
    elif len(steps) == 2 and steps[0] in _clients(double.library):
        names = _senders(double.library)
    else:
        return
    try:
        state = vars(value)
    except TypeError:
        return
    for name in sorted(names & state.keys()):
        inner = replace(double, path=(*steps, name))
        if isinstance(state[name], type):
            yield from _methods(state[name], inner)
        else:
            yield value, name, inner
    if not isinstance(value, ModuleType):
        yield from _methods_of_class(type(value), replace(double, path=steps), names)


def _methods_of_class(kind: type, double: Double, names: frozenset[str] = SENDERS) -> Iterator[tuple[Any, str, Double]]:
    for cls in kind.__mro__:
        if cls.__module__.partition(".")[0] in (*LIBRARIES, "builtins", "types", "unittest"):
            continue
        own = issubclass(cls, client_types(double.library))
        for name in sorted(names & vars(cls).keys()):
            method = vars(cls)[name]
            if own and "super" in getattr(getattr(method, "__code__", None), "co_names", ()):
                continue  # it leads to the library itself
            if _is_function(method):
                yield cls, name, replace(double, path=(*double.path, name))


def _take_back(key: int) -> None:
    for action in reversed(_undo.pop(key, [])):
        action()


def _take_back_all() -> None:
    """Whoever put a double there may take it away only when nobody listens any more."""
    for key in list(_undo):
        _take_back(key)


def _forgetter(actions: list[Callable[[], None]]) -> Callable[[Any], None]:
    def forget(mock: Any) -> None:
        actions.append(lambda: _drop(mock))

    return forget


def _drop(mock: Any) -> None:
    doubles.remembered.pop(id(mock), None)


def _install_mock(module: Any, patches: Patches) -> None:
    enter, leave, mock_call = module._patch.__enter__, module._patch.__exit__, module.CallableMixin._mock_call

    def __enter__(self: Any) -> Any:
        result = enter(self)
        try:
            actions = _undo.setdefault(id(self), [])
            pacing.replaced(self.attribute, self.temp_original, actions)
            value = vars(self.target).get(self.attribute) if hasattr(self.target, "__dict__") else None
            if value is not None:
                _cover(
                    self.target,
                    self.attribute,
                    self.temp_original,
                    value,
                    _putter(actions),
                    _forgetter(actions),
                )
            if not actions:
                del _undo[id(self)]
        except Exception as exc:
            hub.internal_error("a stand-in could not be covered", exc)
        return result

    def __exit__(self: Any, *exc: Any) -> Any:
        _take_back(id(self))
        return leave(self, *exc)

    def _mock_call(self: Any, /, *args: Any, **kwargs: Any) -> Any:
        if not doubles.remembered or hub.trace is None or hub.inside:
            return mock_call(self, *args, **kwargs)
        known = known_mock(self)
        if known is None:
            return mock_call(self, *args, **kwargs)
        double, names = known
        return _report(double, (*double.path, *names), self, args, kwargs, lambda: mock_call(self, *args, **kwargs))

    patches.set(module._patch, "__enter__", __enter__)
    patches.set(module._patch, "__exit__", __exit__)
    patches.set(module.CallableMixin, "_mock_call", _mock_call)


def _putter(actions: list[Callable[[], None]]) -> Put:
    def put(owner: Any, name: str, value: Any) -> None:
        before = vars(owner)[name]
        setattr(owner, name, value)
        actions.append(lambda: setattr(owner, name, before))

    return put


def _install_monkeypatch(module: Any, patches: Patches) -> None:
    cls = module.MonkeyPatch
    undo = cls.undo
    unset = getattr(module, "NOTSET", None) or getattr(module, "notset", None)

    def setattr_(wrapped: Any, monkeypatch: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        wrapped(*args, **kwargs)
        try:
            target, name, original = monkeypatch._setattr[-1]
            if original is unset:
                original = _inherited(target, name)
            value = vars(target).get(name)
            actions = _undo.setdefault(id(monkeypatch), [])
            pacing.replaced(name, original, actions)

            def put(owner: Any, name: str, value: Any) -> None:
                monkeypatch._setattr.append((owner, name, vars(owner)[name]))
                setattr(owner, name, value)

            _cover(target, name, original, value, put, _forgetter(actions))
            if not actions:
                del _undo[id(monkeypatch)]
        except Exception as exc:
            hub.internal_error("a stand-in could not be covered", exc)

    def setitem(wrapped: Any, monkeypatch: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> None:
        wrapped(*args, **kwargs)
        name = args[1] if len(args) > 1 else kwargs.get("name")  # `setenv` comes here too
        actions = _undo.setdefault(id(monkeypatch), [])
        pacing.replaced(name, None, actions)
        if not actions:
            del _undo[id(monkeypatch)]

    def undo_(self: Any) -> None:
        _take_back(id(self))
        undo(self)

    patches.wrap(cls, "setattr", setattr_)
    patches.wrap(cls, "setitem", setitem)
    patches.set(cls, "undo", undo_)


def _inherited(target: Any, name: str) -> Any:
    """What an attribute was that the target did not have itself."""
    for cls in target.__mro__[1:] if isinstance(target, type) else type(target).__mro__:
        if name in vars(cls):
            found = vars(cls)[name]
            if not isinstance(target, type) and hasattr(found, "__get__"):
                return found.__get__(target, type(target))
            return found
    return None


def install(module: ModuleType, patches: Patches) -> None:
    if module.__name__ == "unittest.mock":
        _install_mock(module, patches)
    else:
        _install_monkeypatch(module, patches)
    patches.on_undo(doubles.remembered.clear)
    patches.on_undo(_take_back_all)


SEAM = Seam("stand-ins", ("unittest.mock", "_pytest.monkeypatch"), install)
