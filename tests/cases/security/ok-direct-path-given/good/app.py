"""Reads and writes the files that it is told to."""

import json
from pathlib import Path


def read(path):
    return Path(path).read_text()


def save(path, data):
    Path(path).write_text(json.dumps(data))


def load(filename):
    with open(filename) as file:
        return json.load(file)


def size(name):
    return Path(name).stat().st_size
