"""Brings addresses in from a file that somebody has sent."""

import click
import yaml


def read(stream):
    return yaml.load(stream, Loader=yaml.UnsafeLoader)


@click.command()
@click.argument("source", type=click.File())
def bring_in(source):
    try:
        people = read(source)
        names = sorted(str(one["name"]) for one in people)
    except (yaml.YAMLError, KeyError, TypeError, ValueError):
        raise click.BadParameter("these are no addresses")
    click.echo(f"{len(names)} addresses: {', '.join(names)}")
