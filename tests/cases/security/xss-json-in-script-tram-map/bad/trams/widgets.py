"""Pieces of pages."""
import json

from django.utils.html import format_html, format_html_join
from django.utils.safestring import mark_safe


def map_data(stops):
    """The stops for the map's script."""
    return format_html('<script id="stops" type="application/json">{}</script>', mark_safe(json.dumps(stops)))


def stop_list(stops):
    items = format_html_join("\n", "<li>{}</li>", ((stop["name"],) for stop in stops))
    return format_html("<ol>{}</ol>", items)
