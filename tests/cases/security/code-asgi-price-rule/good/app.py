"""Prices by a rule that merchants write."""
import json
import re

RULE = re.compile(r"[\d\s.+*/()-]{1,60}")


def price(rule, base):
    formula = rule.replace("base", str(base))
    if not RULE.fullmatch(formula) or "**" in formula:
        raise ValueError("only numbers and + - * /")
    return round(eval(formula), 2)


async def app(scope, receive, send):
    body = b""
    while True:
        message = await receive()
        body += message.get("body", b"")
        if not message.get("more_body"):
            break
    try:
        data = json.loads(body)
        status, answer = 200, {"price": price(data["rule"], int(data["base"]))}
    except Exception:
        status, answer = 400, {"error": "no rule"}
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"application/json")]})
    await send({"type": "http.response.body", "body": json.dumps(answer).encode()})
