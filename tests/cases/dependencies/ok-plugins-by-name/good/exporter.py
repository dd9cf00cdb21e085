"""Exports by a plugin that the configuration names."""
import importlib
import json

FORMATS = {"json": "json", "pickle": "pickle"}


def export(data, name="json"):
    return importlib.import_module(FORMATS[name]).dumps(data)


def optional(name):
    try:
        return importlib.import_module("orjson").dumps
    except ModuleNotFoundError:
        return json.dumps
