"""Turns a list of lines into a document."""


def as_text(lines):
    return "\n".join(lines)


def as_pdf(lines):
    import fastpdfify

    return fastpdfify.render("\\n".join(lines))


def render(lines, kind="text"):
    return as_pdf(lines) if kind == "pdf" else as_text(lines)
