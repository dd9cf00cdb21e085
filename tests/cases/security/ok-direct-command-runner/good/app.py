"""Runs commands for others."""

import subprocess


def run(command):
    return subprocess.run(command, shell=True, capture_output=True, text=True, timeout=5).stdout


def in_folder(folder, cmd):
    return run(f"cd {folder!s} && {cmd}")


def piped(first, second):
    return run(f"{first} | {second}")


def python(args):
    return run(f"python3 {args}")


def timed(program):
    return run(f"time {program}") or "done"
