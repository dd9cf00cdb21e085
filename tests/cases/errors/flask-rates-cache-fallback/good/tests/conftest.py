import pytest
import responses

from fxrates import create_app


@pytest.fixture
def app():
    return create_app({"TESTING": True})


@pytest.fixture
def client(app):
    return app.test_client()


@pytest.fixture
def rates_api():
    with responses.RequestsMock() as api:
        yield api
