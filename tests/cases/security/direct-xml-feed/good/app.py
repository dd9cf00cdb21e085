"""Reads the titles of a feed."""

from lxml import etree


def titles(text):
    parser = etree.XMLParser(resolve_entities=False)
    return " ".join(etree.fromstring(text, parser).itertext())
