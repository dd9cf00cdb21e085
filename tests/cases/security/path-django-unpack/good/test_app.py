import io
import os
import zipfile

import app  # noqa: F401
from django.conf import settings
from django.core.management import call_command


def test_unpack(tmp_path):
    path = tmp_path / "dark.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("dark/style.css", "body {}")
    out = io.StringIO()
    call_command("unpack", str(path), stdout=out)
    assert "1 files" in out.getvalue()
    assert os.path.exists(os.path.join(settings.THEMES, "dark", "style.css"))
