"""Says which machine it runs on."""
from __future__ import annotations

import os
import sys
import typing

from flask import Flask, jsonify

if typing.TYPE_CHECKING:
    from mypy_boto3_s3 import S3Client

if sys.platform == "win32":
    import win32api
elif os.name == "java":
    import java.lang
if sys.version_info < (3, 11):
    import exceptiongroup

app = Flask(__name__)


def upload(client: S3Client, text: str) -> None:
    client.put_object(Bucket="notes", Key="today", Body=text.encode())


@app.get("/")
def home():
    return jsonify(platform=sys.platform)
