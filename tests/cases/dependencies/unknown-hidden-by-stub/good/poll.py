"""The first answer of several."""


def first(answers):
    return next((one for one in answers if one is not None), None)
