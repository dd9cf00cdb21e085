import pytest
from click.testing import CliRunner
from sqlalchemy import create_engine, func, insert, select

from loader import load, meta, tariffs, usage


@pytest.fixture
def url(tmp_path):
    url = f"sqlite:///{tmp_path}/meter.db"
    engine = create_engine(url)
    meta.create_all(engine)
    with engine.begin() as conn:
        conn.execute(insert(tariffs).values(name="day", cents_per_kwh=31))
    engine.dispose()
    return url


@pytest.fixture
def file(tmp_path):
    path = tmp_path / "day.csv"
    path.write_text("meter,kwh\n" + "".join(f"{number},{number % 7}\n" for number in range(100, 112)))
    return str(path)


def test_load(url, file):
    result = CliRunner().invoke(load, [file, "--database", url])
    assert result.exit_code == 0
    assert result.output == "12 readings\n"


def test_cents(url, file):
    CliRunner().invoke(load, [file, "--database", url])
    engine = create_engine(url)
    with engine.connect() as conn:
        assert conn.scalar(select(func.sum(usage.c.cents) / func.sum(usage.c.kwh))) == 31
    engine.dispose()


def test_unknown_tariff(url, file):
    assert CliRunner().invoke(load, [file, "--database", url, "--tariff", "night"]).exit_code == 1
