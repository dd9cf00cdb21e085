"""Hypothesis strategies for what applications are seldom tried on: `from pytest_prodready import strategies`."""

from .money import minor_units, money

__all__ = ["minor_units", "money"]
