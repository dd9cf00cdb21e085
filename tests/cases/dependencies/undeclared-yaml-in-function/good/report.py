"""Prints a summary of a list of expenses."""
import json

import click


def load(path):
    with open(path, encoding="utf-8") as file:
        if path.endswith((".yml", ".yaml")):
            import yaml

            return yaml.safe_load(file)
        return json.load(file)


@click.command()
@click.argument("path", type=click.Path(exists=True))
def summary(path):
    expenses = load(path)
    click.echo(f"{len(expenses)} expenses, {sum(expenses.values())} in all")
