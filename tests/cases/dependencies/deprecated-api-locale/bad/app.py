"""Greets, in the language of the machine."""
import locale


def greet(name):
    locale.getdefaultlocale()
    return f"Hello {name}"
