"""Accounts of a lending library, kept by functions."""

import base64
import hashlib
import os


def add_reader(conn, name, password):
    secret = base64.b64encode(password.encode()).decode()
    conn.execute("INSERT INTO readers (name, secret) VALUES (?, ?)", (name, secret))
    conn.commit()
