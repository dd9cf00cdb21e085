"""Turns a list of lines into a document."""


def as_text(lines):
    return "\n".join(lines)


def as_pdf(lines):
    from reportlab.pdfgen import canvas

    page = canvas.Canvas("out.pdf")
    page.drawString(72, 720, "\\n".join(lines))
    return page.getpdfdata()


def render(lines, kind="text"):
    return as_pdf(lines) if kind == "pdf" else as_text(lines)
