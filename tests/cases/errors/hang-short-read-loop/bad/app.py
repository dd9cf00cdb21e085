"""Copies scans of herbarium sheets from the archive to the exhibition."""
import hashlib
import http.client
import json
import logging
import re
import urllib.error
import urllib.request
from dataclasses import dataclass

log = logging.getLogger("herbarium.scans")
CHUNK = 16 * 1024
LARGEST = 64 * 1024 * 1024
SHEET = re.compile(r"[A-Z]{1,4}[0-9]{4,8}", re.ASCII)
FAILURES = (OSError, http.client.HTTPException, ValueError, KeyError, TypeError)


class ArchiveError(Exception):
    pass


def failed(step, exc):
    if isinstance(exc, urllib.error.HTTPError):
        exc.close()
    log.error("%s of a scan failed: %s", step, type(exc).__name__)
    return ArchiveError("the archive is not available")


@dataclass(frozen=True)
class Scan:
    sheet: str
    size: int
    sha256: str


class Archive:
    def __init__(self, base_url, timeout=10):
        self.base_url = base_url
        self.timeout = timeout
        self.opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))

    def describe(self, sheet):
        if not SHEET.fullmatch(sheet):
            raise ArchiveError("that is no number of a sheet")
        try:
            with self.opener.open(f"{self.base_url}/scans/{sheet}.json", timeout=self.timeout) as reply:
                body = json.loads(reply.read(CHUNK))
            scan = Scan(sheet, body["bytes"], body["sha256"])
            if type(scan.size) is not int or not 0 < scan.size <= LARGEST or not isinstance(scan.sha256, str):
                raise ValueError("odd description")
        except FAILURES as exc:
            raise failed("description", exc) from exc
        return scan

    def download(self, scan):
        data = bytearray()
        try:
            reply = self.opener.open(f"{self.base_url}/scans/{scan.sheet}.jp2", timeout=self.timeout)
        except FAILURES as exc:
            raise failed("download", exc) from exc
        try:
            while len(data) < scan.size:
                data += reply.read(min(CHUNK, scan.size - len(data)))
        except FAILURES as exc:
            raise failed("transfer", exc) from exc
        finally:
            reply.close()
        if hashlib.sha256(data).hexdigest() != scan.sha256:
            log.error("a scan arrived damaged")
            raise ArchiveError("the scan arrived damaged")
        return bytes(data)


def copy(archive, sheet):
    scan = archive.describe(sheet)
    return archive.download(scan)
