"""A parser of our own: formats may be given several times, and the later ones win."""

import argparse

DEFAULTS = {"json.indent": "4", "headers.sort": "true"}


class Parser(argparse.ArgumentParser):
    def __init__(self) -> None:
        super().__init__(prog="fetch")
        self.add_argument("url")
        self.add_argument("--format", action="append", default=[])
        self.add_argument("--unsorted", dest="format", action="append_const", const="headers.sort:false")

    def parse_args(self, args=None, namespace=None):
        namespace = namespace or argparse.Namespace()
        namespace = super().parse_args(args, namespace)
        formats = dict(DEFAULTS)
        for option in namespace.format or []:
            name, colon, value = option.partition(":")
            if not colon or name not in DEFAULTS:
                self.error(f"{option!r} is no format: name one of {', '.join(DEFAULTS)}")
            formats[name] = value
        namespace.format = formats
        return namespace


def main(args=None) -> int:
    options = Parser().parse_args(args)
    print(options.url, options.format)
    return 0
