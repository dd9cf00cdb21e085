from werkzeug.test import Client

from app import application


def test_steps_are_counted():
    body = "name: build\nsteps:\n- lint\n- test\n"
    assert Client(application).post("/check", data=body, content_type="application/yaml").text == "2"
