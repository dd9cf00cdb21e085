import os

import django
import pytest

os.environ["DJANGO_SETTINGS_MODULE"] = "shop.settings"
django.setup()


@pytest.fixture
def product():
    from django.core.management import call_command

    from shop.orders.models import Product

    call_command("migrate", run_syncdb=True, verbosity=0)
    yield Product.objects.create(sku="pen", price="12.50", stock=3)
    call_command("flush", interactive=False, verbosity=0)
