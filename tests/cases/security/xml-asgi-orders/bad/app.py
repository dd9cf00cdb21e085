"""Takes orders in XML from partners; a bare ASGI application that reads with lxml."""

from lxml import etree


def items(document):
    parser = etree.XMLParser(load_dtd=True, resolve_entities=True)
    root = etree.fromstring(document, parser)
    return [item.text or "" for item in root.iter("item")]


async def read(receive):
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    return body


async def app(scope, receive, send):
    try:
        found = items(await read(receive))
        status, text = 200, "ordered: " + ", ".join(found)
    except etree.XMLSyntaxError:
        status, text = 400, "no order"
    await send({"type": "http.response.start", "status": status, "headers": [(b"content-type", b"text/plain; charset=utf-8")]})
    await send({"type": "http.response.body", "body": text.encode()})
