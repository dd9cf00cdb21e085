"""Prints what a class of one's choice makes of a word, as one likes it: all of that is for whoever runs it to choose."""

import importlib
import sys

import click


def load(name):
    module, _, attribute = name.partition(":")
    try:
        return getattr(importlib.import_module(module), attribute)
    except (ImportError, AttributeError, ValueError):
        raise click.BadParameter(f"no such thing as {name}") from None


def resolve(path):
    return path if path == "-" else click.format_filename(path)


@click.command(context_settings={"auto_envvar_prefix": "SAY"})
@click.argument("word")
@click.option("--with", "maker", default="builtins:str", show_default=True)
@click.option("--format", "form", default="{0}\n")
@click.option("--out", type=click.File("w", lazy=True), default="-")
def say(word, maker, form, out):
    made = load(maker)
    try:
        text = form.format(made(word))
    except Exception as exc:
        raise click.ClickException(f"{type(exc).__name__}: nothing can be made of that")
    try:
        out.write(text)
    except (OSError, ValueError):
        raise click.ClickException(f"{resolve(out.name)} cannot be written")


def main(argv=None):
    say.main(sys.argv[1:] if argv is None else argv, standalone_mode=True)
