import app  # noqa: F401
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client


def test_names():
    file = SimpleUploadedFile("a.xml", b"<list><person><name>Ada</name><age>36</age></person></list>", "text/xml")
    assert Client().post("/addresses", {"file": file}).json() == {"names": ["Ada"]}
