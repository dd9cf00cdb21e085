"""A function of ours goes: we say so ourselves, and call it no more."""
import warnings


def price(amount):
    return 2 * amount


def cost(amount):
    warnings.warn("cost() is deprecated: call price()", DeprecationWarning, stacklevel=1)
    return price(amount)
