import click

from .api import ExportFailed, Warehouse


@click.command()
@click.argument("table", type=click.Choice(["orders", "items"]))
@click.option("--url", envvar="WAREHOUSE_URL", default="https://warehouse.example/api")
def main(table, url):
    warehouse = Warehouse(url)
    try:
        rows = warehouse.wait(warehouse.start(table))
    except ExportFailed as exc:
        raise click.ClickException(str(exc)) from exc
    finally:
        warehouse.close()
    click.echo(f"{rows} rows exported")
