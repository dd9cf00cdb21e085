"""Coroutines that the test awaits: the interpreter tells of them when they already run, where nothing else can be awaited any more.

So in a run in which one of them is attacked another function stands in its place, wherever source or tests have it.
"""

from __future__ import annotations

import functools
import inspect
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from types import ModuleType
from typing import Any

from . import hub
from .called import by_test, entered, heard, is_body, returned


@contextmanager
def awaited(name: str) -> Iterator[None]:
    """Before each call of one coroutine function others like it may be made.

    Args:
        name: of the function, as its request tells it: `function in file`.
    """
    path, _, file = name.partition(" in ")
    instead: dict[int, Any] = {}  # the same everywhere
    with ExitStack() as stack:
        for owner, attribute, held in list(_places(path, file)):
            stack.callback(setattr, owner, attribute, held)
            setattr(owner, attribute, instead.setdefault(id(held), _attacked(held)))
        yield


def _places(path: str, file: str) -> Iterator[tuple[Any, str, Any]]:
    """(module or class, attribute, what is there) of all that hold the coroutine function of that name."""
    modules = [module for module in list(sys.modules.values()) if type(module) is ModuleType]
    home = [one for one in modules if _classified(one) == ("source", file)]
    for module in home:
        owner: Any = module
        *steps, last = path.split(".")
        for step in steps:
            owner = inspect.getattr_static(owner, step, None)
        held = inspect.getattr_static(owner, last, None)
        function = getattr(held, "__func__", held)
        if not inspect.iscoroutinefunction(inspect.unwrap(function)) or not inspect.iscoroutinefunction(function):
            continue
        if steps:
            yield owner, last, held
            continue
        for other in modules:
            if _classified(other)[0] in ("source", "test"):
                yield from ((other, key, value) for key, value in vars(other).items() if value is held)


def _classified(module: ModuleType) -> tuple[str, str]:
    file = getattr(module, "__file__", None)
    return hub.sources.classify(file) if hub.sources is not None and isinstance(file, str) else ("", "")


def _attacked(held: Any) -> Any:
    """What stands in the place of the function, or of a method of that kind."""
    if isinstance(held, staticmethod):
        return staticmethod(_instead(held.__func__, 0))
    if isinstance(held, classmethod):
        return classmethod(_instead(held.__func__, 1))
    return _instead(held, int("." in held.__qualname__))


def _instead(function: Any, bound: int) -> Callable[..., Any]:
    turns = Counter[str]()

    @functools.wraps(function)
    async def call(*args: Any, **kwargs: Any) -> Any:
        if is_body() and by_test(sys._getframe()):
            await _attack(function, bound, turns, args, kwargs)
        return await function(*args, **kwargs)

    return call


async def _attack(
    function: Any, bound: int, turns: Counter[str], args: tuple[Any, ...], kwargs: dict[str, Any]
) -> None:
    try:
        given = inspect.signature(function).bind(*args, **kwargs)
    except TypeError:  # so will the call
        return
    given.apply_defaults()
    kinds = {name: parameter.kind for name, parameter in given.signature.parameters.items()}
    rest = next((name for name, kind in kinds.items() if kind is inspect.Parameter.VAR_POSITIONAL), "")
    itself = list(given.arguments)[:bound]

    def again(arguments: dict[str, Any]) -> Any:
        new = inspect.BoundArguments(given.signature, {**given.arguments, **arguments})
        if rest:
            new.arguments[rest] = tuple(new.arguments[rest])
        return function(*new.args, **new.kwargs)

    arguments = {
        name: list(value) if name == rest else value for name, value in given.arguments.items() if name not in itself
    }
    found = heard(function, again, arguments, turns)
    if found is not None:

        async def make(other: Any) -> None:
            with entered(found, other) as entry:
                returned(entry, await found.again(other))

        await hub.coming_async(found.request, make)
