import boto3
from flask import Flask, jsonify

app = Flask(__name__)
s3 = boto3.client("s3", region_name="eu-north-1", aws_access_key_id="x", aws_secret_access_key="y")


@app.get("/sizes/<prefix>")
def sizes(prefix):
    listed = s3.list_objects_v2(Bucket="papers", Prefix=prefix, MaxKeys=100)
    return jsonify({entry["Key"]: entry["Size"] for entry in listed.get("Contents", [])})
