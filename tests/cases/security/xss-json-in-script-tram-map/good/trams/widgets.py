"""Pieces of pages."""
from django.utils.html import format_html, format_html_join, json_script


def map_data(stops):
    """The stops for the map's script."""
    return json_script(stops, "stops")


def stop_list(stops):
    items = format_html_join("\n", "<li>{}</li>", ((stop["name"],) for stop in stops))
    return format_html("<ol>{}</ol>", items)
