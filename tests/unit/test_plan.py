from __future__ import annotations

import itertools

from pytest_prodready.faults import Faults, built_in_drivers, built_in_faults
from pytest_prodready.sweep.plan import Plan, TrialSpec
from pytest_prodready.trace import Observation, Point, Sighting, Site

FAULTS = Faults(built_in_faults(), built_in_drivers())


def sighting(test: str, kind: str = "write", line: int = 1, **fields: object) -> Sighting:
    seam, family = ("requests", "http") if kind == "request" else ("sqlite3", "db")
    site = Site("app.py", line, "f")
    made = Sighting(
        Point(site, f"{kind} t", "GET /"), test, seam, family, kind, "x", kind != "read", "route",
        statement="https://x.example/", waits_for_ever=False, occurrences=[1], paths=[(site,)], path_occurrences=[1],
    )  # fmt: skip
    for name, value in fields.items():
        setattr(made, name, value)
    return made


def observation(test: str, *sightings: Sighting, calls: int = 1, passed: bool = True) -> Observation:
    return Observation(test, passed, calls, 0.01, list(sightings))


def plan(*observations: Observation, depth: str = "standard", words: str = "") -> Plan:
    return Plan(observations, FAULTS, depth, lambda test, fault: True, words.split().__contains__)


def names(specs: list[TrialSpec]) -> list[str]:
    return [spec.fault + (f"[{spec.variant}]" if spec.variant else "") for spec in specs]


def wave_1(made: Plan) -> list[str]:
    return names(list(itertools.chain(*made.wave_1())))


def wave_2(made: Plan, retried: bool = False) -> list[str]:
    return names(list(itertools.chain(*made.wave_2(lambda p: True, lambda p: retried, lambda p: False))))


def test_one_database_error_first_and_each_form_once() -> None:
    made = plan(observation("a", sighting("a")))
    assert wave_1(made) == ["db.connection-dropped"]
    assert wave_2(made) == ["db.disk-full", "db.locked", "db.read-only"]
    commit = plan(observation("a", sighting("a", "commit")))
    assert wave_2(commit) == ["db.commit-lost", "db.disk-full", "db.locked", "db.read-only"]


def test_the_order_for_http() -> None:
    reply = '{"id": 1, "state": "open", "unread": 2}'
    made = plan(observation("a", sighting("a", "request", reply=reply)), words="id state")
    assert wave_1(made) == [
        "http.connection-refused", "reply.html", "http.unavailable", "http.read-timeout", "reply.missing-field[id]",
        "reply.missing-field[state]",
    ]  # fmt: skip
    assert wave_1(plan(observation("a", sighting("a", "request", reply=reply)), depth="quick")) == [
        "http.connection-refused",
        "reply.html",
    ]
    assert "http.rate-limited" not in wave_2(made)
    assert {"http.rate-limited", "http.unauthorized"} <= set(wave_2(made, retried=True))


def test_a_call_without_time_out_is_not_waited_for() -> None:
    made = plan(observation("a", sighting("a", "request", waits_for_ever=True)))
    assert "http.read-timeout" not in wave_1(made)
    assert [spec.fault for spec in made.endless.values()] == ["http.read-timeout"]


def test_the_cheapest_test_that_passes() -> None:
    made = plan(
        observation("dear", sighting("dear"), calls=9),
        observation("b", sighting("b"), calls=2),
        observation("a", sighting("a"), calls=2),
        observation("failing", sighting("failing"), calls=1, passed=False),
    )
    assert [spec.test for specs in made.wave_1() for spec in specs] == ["a"]


def test_what_already_fails_is_not_failed() -> None:
    made = plan(observation("a", sighting("a", occurrences=[], paths=[], path_occurrences=[])))
    assert made.points == {}
    assert list(made.out_of_reach.values()) == ["the call already fails in the ordinary run"]


def test_other_paths_and_the_last_of_a_loop() -> None:
    site, caller = Site("app.py", 1, "f"), Site("app.py", 9, "g")
    made = plan(
        observation("a", sighting("a", occurrences=[1, 2, 3], paths=[(site,), (site, caller)], path_occurrences=[1, 2]))
    )
    extra = next(iter(made.wave_2(lambda p: True, lambda p: False, lambda p: False)))
    assert sorted(spec.occurrence for spec in extra) == [2, 3]


def test_ids_do_not_depend_on_the_order() -> None:
    parts = [observation("a", sighting("a"), sighting("a", "read", 2)), observation("b", sighting("b", "commit", 3))]
    one, other = plan(*parts), plan(*reversed(parts))
    assert [s.id for s in itertools.chain(*one.wave_1())] == [s.id for s in itertools.chain(*other.wave_1())]
    assert {s.id for s in itertools.chain(*one.wave_1())} <= {s.id for s in one.everything()}
