"""An application on boto3, tested with moto: one that fails with S3, one that copes."""

from __future__ import annotations

from pathlib import Path

import pytest

from .sweeping import run

pytest.importorskip("moto")

APP = """
import logging

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from fastapi import FastAPI, HTTPException

log = logging.getLogger("badges")
app = FastAPI()
s3 = boto3.client("s3", region_name="us-east-1", config=Config({config}))


@app.put("/badges/{number}", status_code=201)
def put(number: int):
    try:
        s3.put_object(Bucket="badges", Key=f"{number}.txt", Body=b"badge")
    except {errors} as exc:
        log.exception("badge %d is not stored", number)
        raise HTTPException(503, "try again later") from exc
    return {"stored": number}
"""
TEST = """
import os

os.environ |= {"AWS_ACCESS_KEY_ID": "testing", "AWS_SECRET_ACCESS_KEY": "testing"}

from fastapi.testclient import TestClient
from moto import mock_aws

import app as module


@mock_aws
def test_put():
    module.s3.create_bucket(Bucket="badges")
    assert TestClient(module.app).put("/badges/7").status_code == 201
"""


@pytest.mark.parametrize(
    ("errors", "config", "found"),
    [
        ("ClientError", "", {"escaped-exception"}),
        ("(ClientError, BotoCoreError)", "", set()),
        ("(ClientError, BotoCoreError)", 'retries={"total_max_attempts": 9}', {"retry-storm"}),
    ],
)
def test_s3(errors: str, config: str, found: set[str], tmp_path: Path) -> None:
    project = tmp_path / "app"
    project.mkdir()
    (project / "app.py").write_text(APP.replace("{errors}", errors).replace("{config}", config))
    (project / "test_app.py").write_text(TEST)
    sweep = run(project, tmp_path / "work", "--prodready-select=errors", "--prodready-select=integrity")
    assert sweep.report, sweep.output
    assert sweep.report["internal_errors"] == []
    trials = {trial["fault"]: trial["outcome"] for trial in sweep.report["trials"]}
    assert {f["check"] for f in sweep.findings if f["level"] == "error"} == found, (trials, sweep.output)
    if not found:
        assert trials["http.connection-reset"] == "absorbed", "the client's own retry"
        assert trials["http.unavailable"] == "degraded"
