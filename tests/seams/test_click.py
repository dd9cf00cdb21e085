"""Commands: what an entry is called, and how it ends."""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from pathlib import Path
from types import FrameType
from typing import Any

import click
import pytest
import typer
from click.testing import CliRunner
from typer.testing import CliRunner as TyperRunner

from pytest_prodready.seams import Seams, hub
from pytest_prodready.seams import argparse as argparse_seam
from pytest_prodready.seams import click as click_seam
from pytest_prodready.source import SourceMap
from pytest_prodready.trace import Entry, Stack, Trace


class Sources(SourceMap):
    """This file holds tests; what it calls is nobody's."""

    def stack(self, frame: FrameType | None) -> Stack:
        return Stack(ended=True)


@pytest.fixture
def trace() -> Iterator[Trace]:
    seams = Seams([click_seam.SEAM, argparse_seam.SEAM])
    trace = Trace("test", phase="call")
    hub.sources = Sources(Path(__file__).parent)
    hub.internal_errors.clear()
    seams.install()
    hub.start(trace)
    try:
        yield trace
    finally:
        hub.stop()
        seams.uninstall()
        hub.sources = None
        errors, hub.internal_errors[:] = list(hub.internal_errors), []
    assert errors == []


@click.group()
@click.option("--db")
def cli(db: str | None) -> None:
    pass


@cli.group()
def user() -> None:
    pass


@user.command()
@click.argument("name", default="")
def add(name: str) -> None:
    click.echo(f"added {name}")
    click.echo("a hint", err=True)


@cli.command()
def broken() -> None:
    click.echo("before")
    raise OSError("disk")


@cli.command()
@click.pass_context
def refuses(ctx: click.Context) -> None:
    raise click.UsageError("no")


def only(trace: Trace) -> Entry:
    (entry,) = trace.entries
    return entry


@pytest.mark.parametrize(
    ("args", "label"),
    [
        (["user", "add"], "command cli user add"),
        (["--db", "x.db", "user", "add", "user"], "command cli user add"),
        ("user add bob", "command cli user add"),
        (["--help"], "command cli"),
        (["unknown"], "command cli"),
        (None, "command cli"),
    ],
)
def test_labels(trace: Trace, args: Any, label: str) -> None:
    CliRunner().invoke(cli, args)
    assert only(trace).label == label


def test_a_group_that_looks_its_commands_up(trace: Trace) -> None:
    class Lazy(click.Group):
        def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
            return click.Command("late") if name == "late" else None

    CliRunner().invoke(Lazy("lazy"), ["late"])
    assert only(trace).label == "command lazy late"


def test_a_group_with_a_default_command(trace: Trace) -> None:
    class Default(click.Group):
        def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
            return add  # whatever the first word is: it is an argument of the command's

    CliRunner().invoke(Default("notes"), ["milk"])
    assert only(trace).label == "command notes add"


def test_output_is_part_of_the_outcome(trace: Trace) -> None:
    CliRunner().invoke(cli, ["user", "add", "bob"])
    outcome = only(trace).outcome
    assert outcome is not None
    assert (outcome.kind, outcome.status, outcome.body, outcome.errors) == ("exit", 0, "added bob\n", "a hint\n")
    assert not outcome.is_error


def test_an_exception_that_the_runner_keeps(trace: Trace) -> None:
    result = CliRunner().invoke(cli, ["broken"])
    assert isinstance(result.exception, OSError)
    entry = only(trace)
    assert entry.error is not None
    assert entry.error.name == "OSError"
    assert entry.outcome is not None
    assert (entry.outcome.status, entry.outcome.body, entry.outcome.is_error) == (1, "before\n", True)


@pytest.mark.parametrize("production", [True, False])
def test_an_exception_that_the_runner_lets_out(trace: Trace, production: bool) -> None:
    hub.production = production
    try:
        with pytest.raises(OSError, match="disk"):
            CliRunner().invoke(cli, ["broken"], catch_exceptions=False)
        with pytest.raises(OSError, match="disk"):
            CliRunner(catch_exceptions=False).invoke(cli, ["broken"])
    finally:
        hub.production = False
    for entry in trace.entries:
        assert entry.outcome is not None
        assert entry.error is not None
        assert entry.outcome.status == 1
        assert entry.outcome.body == ("before\n" if production else "")


def test_what_click_itself_says_is_no_failure(trace: Trace) -> None:
    CliRunner().invoke(cli, ["refuses"])
    entry = only(trace)
    assert entry.error is None
    assert entry.outcome is not None
    assert entry.outcome.status == 2
    assert "Error: no" in entry.outcome.errors


def test_a_command_called_directly(trace: Trace) -> None:
    with pytest.raises(SystemExit):
        cli(["user", "add"])
    assert cli(["user", "add"], standalone_mode=False) is None
    with pytest.raises(click.UsageError):
        cli.main(["refuses"], standalone_mode=False)
    with pytest.raises(OSError, match="disk"):
        cli.main(["broken"])
    outcomes = [entry.outcome for entry in trace.entries]
    assert [o.status for o in outcomes if o is not None] == [0, 0, 2, 1]
    assert [e.error.name if e.error else None for e in trace.entries] == [None, None, None, "OSError"]
    assert [e.label for e in trace.entries] == [
        "command cli user add", "command cli user add", "command cli refuses", "command cli broken",
    ]  # fmt: skip


def test_typer(trace: Trace) -> None:
    app = typer.Typer()

    @app.command()
    def hello(name: str) -> None:
        typer.echo(f"hello {name}")

    @app.command()
    def leave() -> None:
        raise typer.Exit(4)

    TyperRunner().invoke(app, ["hello", "ada"])
    TyperRunner().invoke(app, ["leave"])
    assert app(["hello", "bob"], standalone_mode=False) is None
    assert [e.label for e in trace.entries] == ["command hello", "command leave", "command hello"]
    assert [e.outcome.status for e in trace.entries if e.outcome] == [0, 4, 0]
    assert trace.entries[0].outcome is not None
    assert trace.entries[0].outcome.body == "hello ada\n"


def test_names_of_an_argparse_program() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--colour", choices=["red", "add"])
    commands = parser.add_subparsers()
    commands.add_parser("list")
    commands.add_parser("add").add_subparsers().add_parser("user")

    class Frame:
        class f_code:
            co_filename = "/app/shop/tool.py"

    frame: Any = Frame
    assert argparse_seam.label(frame, parser, ["add", "user"]) == "command tool add user"
    assert argparse_seam.label(frame, parser, ["--colour", "red"]) == "command tool"
    Frame.f_code.co_filename = "/app/shop/__main__.py"
    assert argparse_seam.label(frame, parser, ["list"]) == "command shop list"


def test_the_canary_sees_both_ways(trace: Trace) -> None:
    import sys

    for name in click_seam.SEAM.modules:
        click_seam.canary(sys.modules[name])
    assert len(trace.entries) == len(click_seam.SEAM.modules)
