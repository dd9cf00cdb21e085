"""Takes invoices in XML."""
from flask import Flask, jsonify, request
from lxml import etree

app = Flask(__name__)


def supplier(document):
    parser = etree.XMLParser(resolve_entities=False, no_network=True)
    return etree.fromstring(document, parser).findtext("supplier")


@app.post("/invoice")
def invoice():
    try:
        return jsonify(supplier=supplier(request.get_data()))
    except etree.XMLSyntaxError:
        return jsonify(error="no invoice"), 400
