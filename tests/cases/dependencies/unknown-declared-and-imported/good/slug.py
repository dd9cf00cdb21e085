"""Names for addresses."""


def slug(text, transliterate=False):
    if transliterate:
        from slugify import slugify

        return slugify(text)
    return "-".join(text.lower().split())
