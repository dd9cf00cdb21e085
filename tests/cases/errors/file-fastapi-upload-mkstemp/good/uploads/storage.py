"""Pictures on disk, under the hash of their content."""
import hashlib
import logging
import os
import tempfile
from pathlib import Path

log = logging.getLogger(__name__)


class StorageFull(Exception):
    pass


class Storage:
    def __init__(self, root: Path):
        self.root = root

    def put(self, content: bytes) -> str:
        digest = hashlib.sha256(content).hexdigest()
        try:
            handle, temporary = tempfile.mkstemp(dir=self.root, prefix=".new-")
            try:
                with os.fdopen(handle, "wb") as out:
                    out.write(content)
                    out.flush()
                    os.fsync(out.fileno())
                os.rename(temporary, self.root / digest)
            except BaseException:
                os.unlink(temporary)
                raise
        except OSError as exc:
            log.error("picture could not be stored: %s", exc.strerror)
            raise StorageFull from exc
        return digest
