"""Invoices in XML, read by what refuses entities: defusedxml, the standard library, lxml without them."""

import xml.etree.ElementTree as ElementTree

import django
from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring
from django.conf import settings
from lxml import etree

settings.configure(SECRET_KEY="not-in-production", ALLOWED_HOSTS=["testserver"], ROOT_URLCONF=__name__)
django.setup()

from django.http import JsonResponse  # noqa: E402
from django.urls import path  # noqa: E402


def by_defused(body):
    return fromstring(body).findtext("total")


def by_standard(body):
    return ElementTree.fromstring(body).findtext("total")


def by_lxml(body):
    return etree.fromstring(body, etree.XMLParser(resolve_entities=False, no_network=True)).findtext("total")


WAYS = {"defused": by_defused, "standard": by_standard, "lxml": by_lxml}


def invoice(request, way):
    try:
        return JsonResponse({"total": WAYS[way](request.body)})
    except KeyError:
        return JsonResponse({"error": "no such way"}, status=404)
    except (ElementTree.ParseError, etree.XMLSyntaxError, DefusedXmlException, ValueError, LookupError):
        return JsonResponse({"error": "no invoice"}, status=400)


urlpatterns = [path("invoices/<slug:way>/", invoice)]
