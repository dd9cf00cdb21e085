"""Sends invoices by mail."""
import json
import logging
import smtplib
from email.message import EmailMessage

import click

log = logging.getLogger("invoices")


def deliver(host, invoice):
    message = EmailMessage()
    message["From"] = "billing@shop.example"
    message["To"] = invoice["email"]
    message["Subject"] = f"Invoice {invoice['number']}"
    message.set_content(f"Please pay {invoice['total']} EUR.")
    with smtplib.SMTP(host, timeout=20) as smtp:
        smtp.send_message(message)


@click.group()
def invoices():
    pass


@invoices.command()
@click.argument("source", type=click.File(encoding="utf-8"))
@click.option("--host", default="localhost")
def send(source, host):
    try:
        due = [{"number": int(i["number"]), "email": str(i["email"]), "total": str(i["total"])} for i in json.load(source)]
    except (ValueError, KeyError, TypeError):
        raise click.ClickException("this is no list of invoices")
    failed = []
    for invoice in due:
        try:
            deliver(host, invoice)
        except (OSError, smtplib.SMTPException) as exc:
            failed.append(invoice["number"])
            log.error("invoice %s was not sent: %s", invoice["number"], type(exc).__name__)
    if failed:
        raise click.ClickException(f"{len(failed)} invoices were not sent")
    click.echo(f"{len(due)} invoices sent")
