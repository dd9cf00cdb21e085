"""Loads a day of smart-meter readings from a CSV file."""
import csv
import pathlib

import click
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select
from sqlalchemy.exc import SQLAlchemyError

meta = MetaData()
tariffs = Table("tariffs", meta, Column("name", String(20), primary_key=True), Column("cents_per_kwh", Integer, nullable=False))
usage = Table(
    "usage", meta,
    Column("id", Integer, primary_key=True),
    Column("meter", Integer, nullable=False),
    Column("kwh", Integer, nullable=False),
    Column("cents", Integer, nullable=False),
)


def read_rows(path):
    try:
        with path.open(newline="", encoding="utf-8") as file:
            rows = [(int(row["meter"]), int(row["kwh"])) for row in csv.DictReader(file)]
    except (OSError, ValueError, KeyError, TypeError, csv.Error) as exc:
        raise click.ClickException("this is no file of readings") from exc
    if len(rows) > 50_000 or any(not 0 <= number < 2**31 for row in rows for number in row):
        raise click.ClickException("numbers are out of range")
    return rows


def tariff_of(conn, name):
    cents = conn.scalar(select(tariffs.c.cents_per_kwh).where(tariffs.c.name == name))
    if cents is None:
        raise click.ClickException("unknown tariff")
    return cents


def import_rows(conn, rows, tariff):
    for meter, kwh in rows:
        cents = kwh * tariff_of(conn, tariff)
        conn.execute(insert(usage).values(meter=meter, kwh=kwh, cents=cents))


@click.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=pathlib.Path))
@click.option("--database", required=True)
@click.option("--tariff", default="day")
def load(file, database, tariff):
    if not tariff.isalpha() or not tariff.isascii() or len(tariff) > 20:
        raise click.BadParameter("letters only", param_hint="--tariff")
    rows = read_rows(file)
    try:
        engine = create_engine(database)
        try:
            with engine.begin() as conn:
                import_rows(conn, rows, tariff)
        finally:
            engine.dispose()
    except (SQLAlchemyError, ValueError, TypeError, ImportError) as exc:
        raise click.ClickException("nothing was imported, the database does not work") from exc
    click.echo(f"{len(rows)} readings")


if __name__ == "__main__":
    load()
