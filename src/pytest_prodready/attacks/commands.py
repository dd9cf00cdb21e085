"""Commands: input that a shell would run. Nothing is run in an attacked request, whatever it is."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from typing import Any

from ..payloads import COMMANDS, TOKEN, filled
from ..trace import Attempt, Sink
from . import Attack, Leaf
from .arguments import COMMAND, is_plain, may_be

SHELLS = frozenset({"sh", "bash", "dash", "zsh", "ksh", "ash", "cmd", "cmd.exe", "powershell", "pwsh"})
#: What ends other processes, or works in them, where nobody listens.
ELSEWHERE = frozenset({"os.kill", "os.killpg", "multiprocessing"})
#: Functions of C that run a command.
RUNS = frozenset({"system", "popen", "execl", "execlp", "execv", "execve", "execvp", "posix_spawn", "posix_spawnp"})
#: What a command may begin after.
BEFORE = re.compile(r"(?:[;|&\n(`]|\$\()\s*\Z")


def _values(leaf: Leaf, token: str, made: Sequence[Attempt]) -> Iterator[str]:
    for payload in COMMANDS:
        if payload != TOKEN:
            yield leaf.around(filled(payload, token))
    yield f"--{token}"  # the whole of it, and an option


def _event(event: str, args: tuple[Any, ...], attempt: Attempt) -> Sink | None:
    if event == "os.system":
        words = ["sh", "-c", _text(args[0])]
    elif event == "subprocess.Popen":
        given = args[1] if isinstance(args[1], list | tuple) else [args[1]]
        words = [_text(word) for word in given] or [_text(args[0])]
    elif event in ("os.exec", "os.spawn", "os.posix_spawn", "pty.spawn"):
        given = next((arg for arg in args if isinstance(arg, list | tuple)), ())
        words = [_text(word) for word in given]
    elif event in ELSEWHERE or (event == "ctypes.dlsym" and _text(args[1]) in RUNS):
        return Sink("process", f"{event} {args[-1]}", stops=True)
    else:
        return None
    shown = " ".join(words)
    if attempt.token not in shown:
        return Sink("process", shown, stops=True)
    if attempt.attack != "command-injection":
        chosen = attempt.request.is_meant and _ran(words, attempt.value)
        return Sink("structure" if chosen else "command", shown, stops=True)
    option = "" if attempt.request.is_meant else read_as_option(words, attempt.token)
    proof = option or _ran(words, attempt.token)
    return Sink("option" if option else "command", shown, bool(proof), True, proof)


def read_as_option(words: list[str], token: str) -> str:
    """The word that the program that is run takes for an option of its own; empty where `--` stands before it."""
    for word in words[1:]:
        if word in ("--", "--end-of-options") or script_of(words):
            return ""
        if word.startswith("-") and word.lstrip("-").startswith(token):
            return word
    return ""


def _ran(words: list[str], token: str) -> str:
    """What the input would have been run as; empty where it stays an argument."""
    if words and words[0].strip().partition(" ")[0].lstrip("-").startswith(token):
        return words[0]
    return begins_command(script_of(words), token)


def script_of(words: list[str]) -> str:
    """What a shell is given to run; what follows it are arguments of the script."""
    if not words or os.path.basename(words[0]).lower() not in SHELLS:
        return ""
    flag = next((n for n, word in enumerate(words) if re.fullmatch(r"-[a-z]*c|/c|-Command", word)), None)
    return words[flag + 1] if flag is not None and flag + 1 < len(words) else ""


def begins_command(script: str, token: str) -> str:
    """The part of a shell's script in which the token is the name of a command; empty where it is quoted or an argument."""
    quote, number = "", 0
    live: list[str] = []  # the script so far, with an x for what has no meaning to the shell
    while number < len(script):
        char = script[number]
        if quote != "'" and script.startswith(token, number):
            before = BEFORE.search("".join(live))
            starts = before is not None or not "".join(live).strip()
            if starts and (not quote or (before is not None and before[0].lstrip()[:1] in ("`", "$"))):
                return script[max(0, number - 2) : number + len(token) + 1]
            number += len(token)
            live.append("x")
            continue
        if quote == "'":
            quote = "" if char == "'" else quote
            live.append("x")
        elif char == "\\":
            number += 1
            live.append("x")
        elif char in "'\"" and (not quote or char == quote):
            quote = "" if quote else char
            live.append("x")
        else:
            live.append(char)
        number += 1
    return ""


def _text(value: Any) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


ATTACKS = [
    Attack(
        "command-injection",
        "input that a shell would run",
        values=_values,
        touches=frozenset({"command"}),
        spared=frozenset({"structure"}),
        fits=lambda leaf: leaf.type == "str",
        of_commands=lambda leaf: True,
        of_calls=lambda leaf: is_plain(leaf) and not may_be(leaf, COMMAND),
        events=_event,
        shrinks=True,
    )
]
