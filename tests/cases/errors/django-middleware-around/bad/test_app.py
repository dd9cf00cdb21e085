import pytest
from django.test import Client

from wiki.models import Page


@pytest.fixture
def page():
    page = Page.objects.create(slug="tea", text="Boil water.")
    yield page
    page.delete()


def test_show(page):
    response = Client().get("/wiki/tea")
    assert response.status_code == 200
    assert response.content == b"Boil water."


def test_missing(page):
    assert Client().get("/wiki/coffee").status_code == 404
