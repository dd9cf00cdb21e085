"""Sums, with a self-test."""


def total(numbers):
    return sum(numbers)


def self_test():
    import pytest

    return pytest.main([])
