import click


@click.command()
@click.argument("source", type=click.Path(exists=True, dir_okay=False))
def count(source):
    """Count words; click itself refuses a file that is not there or may not be read."""
    with open(source, encoding="utf-8", errors="replace") as file:
        click.echo(len(file.read().split()))
