"""Greets, in the language of the machine."""
import locale


def greet(name):
    locale.getlocale()
    return f"Hello {name}"
