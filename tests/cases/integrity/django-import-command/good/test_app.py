from io import StringIO

import pytest
from django.core.management import call_command

from prices.models import Price


@pytest.fixture
def feed(tmp_path):
    path = tmp_path / "prices.csv"
    path.write_text("sku,cents\ntea-1,250\nmilk-2,120\n")
    yield path
    Price.objects.all().delete()


def test_import(feed):
    out = StringIO()
    call_command("import_prices", str(feed), stdout=out)
    assert "2 prices imported" in out.getvalue()
    assert Price.objects.get(sku="tea-1").cents == 250
