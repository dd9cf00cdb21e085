"""Reads a profile from YAML."""

import yaml


def profile(text):
    try:
        return yaml.load(text, Loader=yaml.SafeLoader)
    except yaml.YAMLError:
        return {}
