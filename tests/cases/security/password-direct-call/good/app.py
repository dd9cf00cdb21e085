"""Accounts of a lending library, kept by functions."""

import base64
import hashlib
import os


def add_reader(conn, name, password):
    secret = hashlib.scrypt(password.encode(), salt=os.urandom(16), n=2**12, r=8, p=1).hex()
    conn.execute("INSERT INTO readers (name, secret) VALUES (?, ?)", (name, secret))
    conn.commit()
