import app


def test_render():
    assert app.render("Dear {{ name }}", name="Ada") == "Dear Ada"
    assert app.render("Welcome") == "Welcome"


def test_page():
    assert app.page("Welcome") == "Welcome"
    assert app.padded("Welcome").strip() == "Welcome"


def test_others():
    assert app.filled("Dear $name", name="Ada") == "Dear Ada"
    assert app.told("Dear {}", "Ada") == "Dear Ada"
    assert app.told("Welcome", "Ada") == "Welcome"


def test_parts():
    assert app.framed("Welcome") == "<p>Welcome</p>"
    assert app.paragraph("{{ title }}") == "<p>news</p>"
    assert app.of_django("Welcome") == "Welcome"
