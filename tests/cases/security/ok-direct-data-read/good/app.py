"""Reads data of many kinds, and runs none of it."""

import ast
import base64
import json
import pickle
import xml.etree.ElementTree as ElementTree

import yaml


def settings(text):
    return yaml.safe_load(text)


def numbers(text):
    return ast.literal_eval(text)


def names(document):
    return [node.text for node in ElementTree.fromstring(document)]


def kept(value):
    return base64.b64encode(pickle.dumps(value)).decode()


def given_back(snapshot):
    return pickle.loads(base64.b64decode(snapshot))


def record(text):
    return json.loads(text)
