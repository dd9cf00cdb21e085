"""Sums, with a self-test."""


def total(numbers):
    return sum(numbers)


def self_test():
    import nose

    return nose.run()
