from exporter import export, optional


def test_export():
    assert export([1]) == optional("json")([1]) == "[1]"
