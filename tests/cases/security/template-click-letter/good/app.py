"""Writes letters: `letter NAME --greeting TEXT`."""

import click
from jinja2 import Environment, TemplateError

PAGE = "{{ greeting }} {{ name }},\n\nyour parcel is here.\n"


class Letters:
    def __init__(self):
        self.env = Environment(autoescape=True)

    def write(self, name, greeting):
        return self.env.from_string(PAGE).render(name=name, greeting=greeting)


@click.command()
@click.argument("name")
@click.option("--greeting", default="Dear")
def letter(name, greeting):
    try:
        click.echo(Letters().write(name, greeting), nl=False)
    except TemplateError:
        raise click.ClickException("no letter can be made of this")
