import respx

from app import SERVICE, translate


@respx.mock
def test_translate():
    respx.post(SERVICE).respond(json={"text": "Tee"})
    assert translate("tea", "de") == "Tee"
