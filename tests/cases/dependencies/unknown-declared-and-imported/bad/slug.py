"""Names for addresses."""


def slug(text, transliterate=False):
    if transliterate:
        from pyslugmaker_fast import transliterated

        text = transliterated(text)
    return "-".join(text.lower().split())
