"""The plainest input that still proves a finding: Hypothesis leaves out what is not needed of an input that proves it."""

from __future__ import annotations

import hashlib
import random
import re
from _thread import allocate_lock, start_new_thread
from collections.abc import Callable, Generator, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from ..attacks import Attack
from ..payloads import TOKEN
from ..trace import Attempt, Trace
from ..verdicts import Objection
from .plan import WHOLE, TrialSpec

#: At most so many plainer inputs are tried for one that proves something.
MOST = 15
#: Of so many parts an input is made up: what Hypothesis finds within `MOST` tries.
PARTS = 8
#: What is left out as a whole: a tag, steps up, a word, white space, a sign.
PART = re.compile(rf"<{TOKEN}>|{TOKEN}|</?\w+>|-->|(?:\.\./)+|(?:\.{{4}}//)+|(?:%2e%2e%2f)+|\w+|\s+|.", re.S)
#: A longer word is shortened.
LONG = 64
#: What an objection is known by, whatever input it shows.
Key = tuple[object, ...]
JudgeAttack = Callable[[TrialSpec, Trace], list[Objection]]


def template_of(attempt: Attempt) -> str:
    """What an attempt put there, whatever its token was."""
    return re.sub(re.escape(attempt.token), TOKEN, attempt.value, flags=re.I)


def token_for(*where: object) -> str:
    """Letters and digits that occur nowhere else; the same in every run."""
    return "zq" + hashlib.sha256(" ".join(map(str, where)).encode("utf-8", "surrogatepass")).hexdigest()[:8]


def key_of(objection: Objection) -> Key:
    """What makes an objection the same one with another input."""
    return objection.check, objection.level, objection.site, objection.family, objection.handler


def parts_of(template: str, usual: str) -> list[str]:
    """The parts of an input that may be left out one by one, and its token.

    Args:
        usual: what stands there in the test's own request: one part.
    """
    before, found, after = template.partition(usual) if usual else (template, "", "")
    parts = [*PART.findall(before), *([found] if found else []), *PART.findall(after)]
    parts = [piece for part in parts for piece in (_halves(part) if len(part) > LONG and part != usual else [part])]
    while sum(TOKEN not in part for part in parts) > PARTS:
        pairs = [n for n in range(len(parts) - 1) if TOKEN not in parts[n] + parts[n + 1]]
        if not pairs:
            return parts[:0]
        at = min(pairs, key=lambda n: len(parts[n]) + len(parts[n + 1]))
        parts[at : at + 2] = [parts[at] + parts[at + 1]]
    return parts


def _halves(text: str) -> list[str]:
    """Parts that make up any length together, nearly."""
    pieces = list[str]()
    while text and len(pieces) < PARTS - 1:
        half = (len(text) + 1) // 2
        pieces.append(text[:half])
        text = text[half:]
    return [*pieces, text] if text else pieces


class _Over(BaseException):
    """Nobody asks any more."""


@dataclass
class _Asked:
    """What the search asks in its thread, and what it is told."""

    text: str | None = None
    proves: bool = False
    over: bool = False
    error: BaseException | None = None
    there: Any = field(default_factory=allocate_lock)
    answered: Any = field(default_factory=allocate_lock)


def plainer(parts: Sequence[str], known: Iterable[str], seed: int) -> Generator[str, bool, None]:
    """Plainer inputs than that of these parts, as Hypothesis wants them tried; each is to be told whether it proves the same.

    Hypothesis calls what it asks, but whoever sends a request may have to await it: so it searches in a thread of its own, and only
    one of the two runs at any time.

    Args:
        known: inputs that are known to prove nothing.
        seed: of Hypothesis.
    """
    from hypothesis import HealthCheck, Phase, Verbosity, find, settings
    from hypothesis import strategies as st
    from hypothesis.errors import NoSuchExample

    fixed = next((n for n, part in enumerate(parts) if TOKEN in part), None)  # without it there is nothing to be seen
    loose = [number for number in range(len(parts)) if number != fixed]
    if not loose:
        return
    # a part stays more often than not, so that Hypothesis soon comes upon the whole of it; all else is plainer
    kept = st.tuples(*[st.tuples(*[st.booleans()] * 3).map(any) for _ in loose])
    answers = dict.fromkeys(known, False) | {"": False, TOKEN: False}
    asked, tries = _Asked(), 0

    def proves(keep: tuple[bool, ...]) -> bool:
        nonlocal tries
        if all(keep):
            return True
        left_out = {number for number, stays in zip(loose, keep, strict=True) if not stays}
        text = "".join(part for number, part in enumerate(parts) if number not in left_out)
        if text not in answers:
            if tries >= MOST:
                return False
            tries += 1
            asked.text = text
            asked.there.release()
            asked.answered.acquire()
            if asked.over:
                raise _Over
            answers[text] = asked.proves
        return answers[text]

    def search() -> None:
        try:
            find(
                kept,
                proves,
                settings=settings(
                    database=None, deadline=None, derandomize=False, max_examples=1000, verbosity=Verbosity.quiet,
                    phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck), backend="hypothesis",
                ),
                random=random.Random(seed),
            )  # fmt: skip
        except (NoSuchExample, _Over):
            pass
        except BaseException as exc:
            asked.error = exc
        finally:
            asked.text = None
            asked.there.release()

    asked.there.acquire()
    asked.answered.acquire()
    ours = random.getstate()  # Hypothesis seeds it for what it asks: the application's goes on as it was
    start_new_thread(search, ())
    _await(asked)
    while asked.text is not None:
        theirs = random.getstate()
        random.setstate(ours)
        try:
            asked.proves = yield asked.text
        except GeneratorExit:
            asked.over = True
            raise
        finally:
            ours = random.getstate()
            random.setstate(theirs)
            asked.answered.release()
            _await(asked)
    random.setstate(ours)
    if asked.error is not None:
        raise asked.error


def _await(asked: _Asked) -> None:
    """Wait for the next question; whoever is ended in the meantime (the deadline) leaves nobody waiting."""
    try:
        asked.there.acquire()
    except BaseException:
        asked.over = True
        asked.answered.release()
        raise


@dataclass
class Search:
    """The search for the plainest input in the place of one that proves something.

    Attributes:
        spec: the trial that found it.
        found: the attempt that proves it.
        proven: what it proves that no attempt before it has.
        known: inputs of the same attack that were tried before it, and do not.
        judge: what an attack is judged by.
        seed: of Hypothesis.
        best: the plainest input that proved the same; None where even `found` did not do so again.
    """

    spec: TrialSpec
    found: Attempt
    proven: frozenset[Key]
    known: frozenset[str]
    judge: JudgeAttack
    seed: int
    best: str | None = None

    def keys(self, trace: Trace, attempt: Attempt) -> frozenset[Key]:
        """What is held against the application because of this attempt alone."""
        return keys_alone(self.judge, self.spec, trace, attempt) - keys_alone(self.judge, self.spec, trace)

    def plainer(self, usual: str) -> Generator[str, bool, None]:
        """See the function: what is left of what was found."""
        return plainer(parts_of(template_of(self.found), usual), self.known, self.seed)

    def shown_by_best(self, objections: list[Objection], trace: Trace) -> list[Objection]:
        """The same objections, with the plainest input in those that it proves in the run of the search."""
        shown = {key_of(objection): objection for objection in self.judge(self.spec, trace)}
        if self.best is None or not self.proven <= shown.keys():
            self.best = None
            return objections
        return [shown[key] if (key := key_of(old)) in self.proven else old for old in objections]


def searches(
    judge: JudgeAttack, spec: TrialSpec, trace: Trace, attacks: Iterable[Attack], seed: int
) -> list[Search | tuple[str, str]]:
    """A search for each input that the objections to a trial rest on; (attack, input) of one that nothing can be left out of."""
    shrinking = {attack.name for attack in attacks if attack.shrinks}
    texts = [one for one in trace.attempts if one.attack and one.is_text and TOKEN not in one.value]
    shown, known = keys_alone(judge, spec, trace), dict[str, set[str]]()
    found = list[Search | tuple[str, str]]()
    for attempt in (one for one in texts if one.leaf == spec.input != WHOLE):
        new = keys_alone(judge, spec, trace, attempt) - shown
        before = known.setdefault(attempt.attack, set())
        if new and attempt.attack in shrinking:
            found.append(Search(spec, attempt, new, frozenset(before), judge, seed))
        elif new and TOKEN in template_of(attempt):  # else it holds what is there only once: the name of a file
            found.append((attempt.attack, template_of(attempt)))
        shown |= new
        before.add(template_of(attempt))
    return found


def keys_alone(judge: JudgeAttack, spec: TrialSpec, trace: Trace, *attempts: Attempt) -> frozenset[Key]:
    """What is held against the application where only harmless values were tried, and these."""
    every = trace.attempts
    trace.attempts = [one for one in every if not one.attack] + list(attempts)
    try:
        return frozenset(map(key_of, judge(spec, trace)))
    finally:
        trace.attempts = every
