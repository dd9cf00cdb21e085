"""click and typer: each command that a test runs is an entry; its outcome is exit code and output."""

from __future__ import annotations

import shlex
import sys
from collections.abc import Iterable
from types import ModuleType
from typing import Any

from ..trace import Entry, Outcome, Request
from . import Patches, Seam, commands, hub


def label(command: Any, args: Iterable[str]) -> str:
    """`command NAME SUBNAME`, as far as the arguments and the groups' own tables tell."""
    names, rest = [getattr(command, "name", None)], list(args)
    while isinstance(table := getattr(command, "commands", None), dict):
        at = next((number for number, word in enumerate(rest) if word in table), None)
        if at is None:
            break
        command = table[rest[at]]
        names.append(rest[at])
        rest = rest[at + 1 :]
    return _joined(names)


def _joined(names: Iterable[str | None]) -> str:
    """A group of typer's, and one that nobody named, has no name."""
    return " ".join(["command", *([name for name in names if name] or ["root"])])


def _entry(command: Any, args: Any) -> Entry:
    entry = Entry("command", "command")
    try:
        words = shlex.split(args) if isinstance(args, str) else [str(word) for word in args or ()]
        if not hasattr(command, "main") and command is not None:  # a Typer, which is no command yet
            command = sys.modules["typer.main"].get_command(command)
        entry.label, entry.given = label(command, words), tuple(words)
    except Exception as exc:
        hub.internal_error("the click seam could not name a command", exc)
    return entry


#: What `CliRunner.invoke` takes after the command.
TAKEN = ("args", "input", "env", "catch_exceptions", "color")


def _invoke(wrapped: Any, runner: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`CliRunner.invoke(cli, args, input, env, catch_exceptions, ...)`: it keeps what leaves the command."""
    if hub.trace is None or hub.current_entry() is not None:
        return wrapped(*args, **kwargs)
    command = args[0] if args else kwargs.get("cli") or kwargs.get("app")
    options = {**dict(zip(TAKEN, args[1:], strict=False)), **kwargs}
    entry = _entry(command, options.get("args"))
    entry.request = commands.asked(entry.given, options.get("input"))
    if hub.production:

        def make(request: Request) -> None:
            other = Entry("command", entry.label, given=request.words, request=request)
            with commands.given(request) as words:
                changed = {**options, "args": words, "input": request.body, "catch_exceptions": True}
                _kept(wrapped, other, args[:1], changed)

        hub.coming(entry.request, make)
    # what is printed can be seen only where the runner gives a result
    catching = options.get("catch_exceptions", getattr(runner, "catch_exceptions", True))
    if hub.production and catching is False:
        result = _kept(wrapped, entry, args[:1], {**options, "catch_exceptions": True})
        if entry.error is not None:
            raise result.exception
        return result
    return _kept(wrapped, entry, args, kwargs)


def _kept(wrapped: Any, entry: Entry, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """The runner's result, which is the outcome of the entry."""
    with hub.enter(entry):
        try:
            result = wrapped(*args, **kwargs)
        except BaseException as exc:
            commands.left(entry, exc)
            raise
        exception = result.exception
        entry.outcome = Outcome("exit", result.exit_code, body=_text(result, "stdout"), errors=_text(result, "stderr"))
        if exception is not None and not isinstance(exception, SystemExit):
            entry.error = entry.outcome.error = hub.error_info(exception, result.exc_info[2])
    return result


def _called(wrapped: Any, command: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`Command.invoke(ctx)`: the arguments have got to the function of a command, and not to that of a group above it."""
    entry = hub.current_entry() if hub.trace is not None else None
    if entry is not None and entry.request is not None and entry.request.is_command and entry.view is None:
        context = args[0] if args else kwargs.get("ctx")
        if command.callback is not None and getattr(context, "invoked_subcommand", None) is None:
            hub.arrived(entry, command.callback, entry.request)
    return wrapped(*args, **kwargs)


def _text(result: Any, stream: str) -> str:
    try:
        return str(getattr(result, stream) or "")
    except ValueError:  # click before 8.2 mixes them on demand
        return ""


def _main(wrapped: Any, command: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """`cli.main([...])` and `cli([...])` in a test; what source wraps around it belongs to the direct call."""
    if hub.trace is None or hub.sources is None or hub.current_entry() is not None:
        return wrapped(*args, **kwargs)
    words = args[0] if args else kwargs.get("args")
    entry = _entry(command, sys.argv[1:] if words is None else words)
    caller = sys._getframe(1)
    if hub.sources.stack(caller).site is not None:
        outermost = hub.is_command(caller, lambda frame: entry.label, entry.given)
        if outermost is not None:
            commands.read_by(outermost, caller, entry.label, entry.given)
        return wrapped(*args, **kwargs)
    entry.request = commands.asked(entry.given)
    if hub.production:

        def make(request: Request) -> None:
            other = Entry("command", entry.label, given=request.words)
            with commands.given(request) as changed:
                options = {key: value for key, value in kwargs.items() if key != "args"}
                commands.run(other, request, None, lambda: wrapped(changed, *args[1:], **options))

        hub.coming(entry.request, make)
    with hub.enter(entry):
        try:
            value = wrapped(*args, **kwargs)
        except BaseException as exc:
            commands.left(entry, exc, commands.printed(entry))
            raise
        out, err = commands.printed(entry)
        entry.outcome = Outcome("exit", 0, body=out, errors=err, value=hub.plain(value))
    return value


def _resolve_command(wrapped: Any, group: Any, args: tuple[Any, ...], kwargs: dict[str, Any]) -> Any:
    """Groups that look their commands up when they are asked: the name is known only now."""
    found = wrapped(*args, **kwargs)
    trace, entry = hub.trace, hub.current_entry()
    if trace is None or entry is None or entry.kind != "command" or found[0] is None:
        return found
    names = [getattr(found[1], "name", None) or found[0]]  # of a default command the word is an argument
    context = args[0] if args else kwargs.get("ctx")
    while context is not None:
        names.append(context.command.name if context.parent is None else context.info_name)
        context = context.parent
    longer = _joined(reversed(names))
    if longer.startswith(f"{entry.label.removesuffix(' root')} ") and not any(
        call.entry is entry for call in trace.calls
    ):
        entry.label = longer
    return found


def install(module: ModuleType, patches: Patches) -> None:
    if hasattr(module, "CliRunner"):
        patches.wrap(module.CliRunner, "invoke", _invoke)
        return
    names = ("TyperCommand", "TyperGroup") if module.__name__.startswith("typer") else ("BaseCommand", "Command")
    for name in names:
        cls = vars(module).get(name)
        if isinstance(cls, type) and "main" in vars(cls):
            patches.wrap(cls, "main", _main)
    for name in ("MultiCommand", "Group", "TyperGroup"):
        cls = vars(module).get(name)
        if isinstance(cls, type) and "resolve_command" in vars(cls):
            patches.wrap(cls, "resolve_command", _resolve_command)
    if module.__name__.endswith("click.core"):
        patches.wrap(module.Command, "invoke", _called)


def canary(module: ModuleType) -> None:
    if module.__name__.startswith("typer"):
        import typer

        app = typer.Typer()
        app.command()(lambda: None)
        run: Any = app
    else:
        import click

        run = click.Command("canary")
    if hasattr(module, "CliRunner"):
        module.CliRunner().invoke(run, [])
    else:
        run(args=[], standalone_mode=False)


#: Typer has a click of its own.
MODULES = ("click.core", "click.testing", "typer.core", "typer.testing", "typer._click.core")
SEAM = Seam("click", MODULES, install, canary)
