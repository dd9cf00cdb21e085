"""Checks pipelines that are written in YAML."""
import yaml


def steps(text):
    found = yaml.load(text, Loader=yaml.CSafeLoader if yaml.__with_libyaml__ else yaml.SafeLoader)
    return len(found.get("steps", ())) if isinstance(found, dict) else 0


def application(environ, start_response):
    body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
    try:
        status, answer = "200 OK", str(steps(body.decode()))
    except (yaml.YAMLError, ValueError, TypeError, OSError):
        status, answer = "400 Bad Request", "no pipeline"
    start_response(status, [("Content-Type", "text/plain")])
    return [answer.encode()]
