"""Asks programs, without a shell or with what it quotes."""

import shlex
import subprocess


def archive(name):
    return subprocess.run(["tar", "cf", "-", name], capture_output=True, timeout=5).stdout


def shouted(text):
    command = f"printf %s {shlex.quote(text)} | tr a-z A-Z"
    return subprocess.run(command, shell=True, capture_output=True, text=True, timeout=5).stdout


def script(name):
    return subprocess.run(["sh", "-c", 'printf %s "$1"', "sh", name], capture_output=True, text=True, timeout=5).stdout
