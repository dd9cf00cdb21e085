import gzip
import json
import unittest
from pathlib import Path
from tempfile import TemporaryDirectory

from archive import main


class ArchiveTest(unittest.TestCase):
    def setUp(self):
        self.tmp = TemporaryDirectory()
        self.addCleanup(self.tmp.cleanup)
        self.folder = Path(self.tmp.name)
        (self.folder / "a.txt").write_text("alpha")
        (self.folder / "b.txt").write_text("beta")

    def test_archive(self):
        target = self.folder / "out.gz"
        self.assertEqual(main([str(self.folder), str(target)]), 0)
        with gzip.open(target, "rt") as packed:
            self.assertEqual([d["name"] for d in json.load(packed)], ["a.txt", "b.txt"])
        self.assertEqual((self.folder / "out.manifest").read_text(), "a.txt\nb.txt\n")
