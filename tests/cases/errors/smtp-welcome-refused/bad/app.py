import logging
import smtplib
from email.message import EmailMessage

from fastapi import FastAPI, HTTPException
from pydantic import BaseModel, Field

log = logging.getLogger("signup")
app = FastAPI()


class Mailer:
    def __init__(self, host="mail.internal", port=587):
        self.host, self.port = host, port

    def send_welcome(self, address: str) -> bool:
        message = EmailMessage()
        message["To"] = address
        message["From"] = "hello@club.example"
        message["Subject"] = "Welcome"
        message.set_content("Glad to have you here.")
        try:
            with smtplib.SMTP(self.host, self.port, timeout=10) as smtp:
                smtp.starttls()
                smtp.send_message(message)
        except smtplib.SMTPException as exc:
            log.error("welcome mail was not sent: %s", type(exc).__name__)
            return False
        return True


class Signup(BaseModel):
    email: str = Field(pattern=r"^[a-z0-9.]{1,40}@[a-z0-9]{1,40}\.[a-z]{2,10}$")


@app.post("/signup", status_code=202)
def signup(body: Signup):
    if not Mailer().send_welcome(body.email):
        raise HTTPException(503, "we cannot send mail at the moment, please sign up later")
    return {"status": "mail sent"}
