"""Input is run by a shell."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence

from ...trace import Attempt, Trace
from ...verdicts import ERROR, WARNING, Objection
from .. import Check
from ._reached import biting, marked

#: Programs that have an option which runs a command or writes any file.
RUNNING = frozenset([
    "awk", "bzip2", "curl", "dpkg", "ed", "env", "ex", "find", "gawk", "gcc", "gdb", "gem", "git", "gpg", "hg",
    "less", "make", "man", "mutt", "mysql", "node", "nmap", "npm", "openssl", "perl", "php", "pip", "psql",
    "python", "python3", "rpm", "rsync", "ruby", "scp", "sed", "sendmail", "sftp", "sort", "sqlite3", "ssh",
    "sudo", "svn", "tar", "tcpdump", "vi", "vim", "wget", "xargs", "zip",
])  # fmt: skip


class CommandInjection(Check):
    name = "command-injection"
    pillar = "security"
    cwe = 78
    summary = "attacked input reaches a shell as a command, or another program as an option (W where no option of it does harm)"
    why = "Whoever can add a command to yours runs what he likes on your server."
    fix = "Pass a list of arguments, with `--` before values, and no shell; where there must be one, `shlex.quote` every value."
    bad = """subprocess.run(f"ping -c 1 {host}", shell=True)"""
    good = """subprocess.run(["ping", "-c", "1", "--", host])"""

    def attacked(self, attempts: Sequence[Attempt], trace: Trace) -> Iterator[Objection]:
        for attempt, sink, site in biting(attempts, ["command"]):
            yield self.against_input(
                attempt,
                site,
                f"{attempt.leaf} would have been run: {sink.proof} stands in the command outside of quotes",
                command=sink.text,
                proof=marked(sink.text, attempt.token),
            )
        for attempt, sink, site in biting(attempts, ["option"]):
            program = os.path.basename(sink.text.partition(" ")[0])
            level = ERROR if program in RUNNING else WARNING
            message = (
                f"{attempt.leaf} would have been read as an option of {program}: no `--` stands before {sink.proof}"
            )
            yield self.against_input(
                attempt, site, message, level, command=sink.text, proof=marked(sink.text, attempt.token)
            )
