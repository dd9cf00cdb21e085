"""What other services answer is input like any other: nothing is used before it was looked at."""


class BadReply(Exception):
    """A service answered, and not with what it promised."""


def read(response, **fields):
    """The fields of a JSON reply, each of exactly the type that is asked for.

    Works for the replies of requests and of httpx, which are alike in what is used here.
    """
    if not 200 <= response.status_code < 300:
        raise BadReply(f"status {response.status_code}")
    try:
        body = response.json()
    except ValueError as error:
        raise BadReply("the reply is not JSON") from error
    if not isinstance(body, dict):
        raise BadReply("the reply is not an object")
    for name, kind in fields.items():
        if type(body.get(name)) is not kind or body[name] == "":
            raise BadReply(f"field {name!r} is missing or no {kind.__name__}")
    return body
