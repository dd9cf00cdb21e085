from __future__ import annotations

import itertools

from pytest_prodready.faults import Faults, built_in_drivers, built_in_faults
from pytest_prodready.observation import Observation, Sighting
from pytest_prodready.sweep.plan import Plan, TrialSpec
from pytest_prodready.trace import Point, Site

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
    assert wave_2(commit) == ["db.commit-lost", "db.disk-full", "db.locked"]


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


def wanting(*wanted: str, test: str | None = None) -> Plan:
    observations = [observation("a", sighting("a")), observation("b", sighting("b"), calls=5)]
    wants = lambda where, fault: fault in wanted and test in (None, where)  # noqa: E731
    return Plan(observations, FAULTS, "standard", wants, lambda word: True)


def test_forms_that_coincide_are_planned_once_and_under_the_name_that_is_wanted() -> None:
    # in SQLite all three are SQLITE_BUSY
    assert wave_1(wanting("db.locked", "db.timeout", "db.deadlock")) == ["db.locked"]
    assert wave_1(wanting("db.timeout")) == ["db.timeout"]
    assert wave_1(wanting("http.unavailable")) == []


def test_a_fault_is_tried_in_a_test_that_wants_it() -> None:
    (spec,) = itertools.chain(*wanting("db.connection-dropped", test="b").wave_1())
    assert spec.test == "b"


def test_a_fault_is_tried_in_a_test_where_it_can_apply() -> None:
    made = plan(
        observation("a", sighting("a", "request")),
        observation("b", sighting("b", "request", reply='{"id": 1}'), calls=9),
        words="id",
    )
    tests = {spec.fault: spec.test for specs in made.wave_1() for spec in specs}
    assert tests["http.connection-refused"] == "a"
    assert tests["reply.html"] == tests["reply.missing-field"] == "b"


def test_quick_has_one_wave_and_thorough_leaves_nothing_out() -> None:
    parts = [observation("a", sighting("a", "request", reply='{"id": 1}'))]
    assert wave_2(plan(*parts, depth="quick", words="id")) == []
    thorough = plan(*parts, depth="thorough", words="id")
    everything = {spec.fault for spec in thorough.everything()}
    with_variants = {f"reply.{name}" for name in ("missing-field", "null-field", "wrong-shape", "wrong-type")}
    assert set(wave_1(thorough)) >= everything - with_variants
    assert wave_2(thorough, retried=True) == []


def test_wave_2_leaves_alone_what_was_not_handled() -> None:
    made = plan(observation("a", sighting("a"), sighting("a", "read", 2)))
    handled = {point for point in made.points if point.operation == "read t"}
    specs = list(itertools.chain(*made.wave_2(handled.__contains__, lambda p: True, lambda p: True)))
    assert specs
    assert {spec.point for spec in specs} == handled


def test_what_was_answered_otherwise_is_tried_in_two_other_tests_too() -> None:
    made = plan(*(observation(name, sighting(name)) for name in "abcd"), observation("r", sighting("r", "read", 2)))
    always, never = lambda point: True, lambda point: False
    there = [
        s.test for specs in made.wave_2(always, never, always) for s in specs if s.fault == "db.connection-dropped"
    ]
    assert there == ["b", "c"]
    assert not [s for specs in made.wave_2(always, never, never) for s in specs if s.fault == "db.connection-dropped"]


def test_a_test_that_is_not_swept_says_why() -> None:
    apart = observation("a", sighting("a"))
    apart.unswept = "skipped: drives a card reader"
    made = plan(apart, observation("f", sighting("f", line=2), passed=False))
    assert made.points == {}
    assert list(made.out_of_reach.values()) == ["skipped: drives a card reader", "only tests that fail reach it"]


def test_ids_stay_what_they_are() -> None:
    """They stand in caches and in reports of an earlier day."""
    (spec,) = itertools.chain(*plan(observation("a.py::a", sighting("a.py::a"))).wave_1())
    assert spec.id == "t-0cb04ead02"
    assert TrialSpec.from_json(spec.to_json()) == spec
    assert len({s.id for s in plan(observation("a", sighting("a"), sighting("a", line=2))).everything()}) == 2 * 5


def test_a_lock_lasts_where_a_retry_was_seen() -> None:
    made = plan(observation("a", sighting("a")))
    assert wave_2(made, retried=True) == ["db.disk-full", "db.locked", "db.read-only", "db.locked"]
    lasting = [spec for specs in made.wave_2(lambda p: True, lambda p: True, lambda p: False) for spec in specs][-1]
    assert lasting.lasting
    assert lasting.id in {spec.id for spec in made.everything()}
    assert TrialSpec.from_json(lasting.to_json()) == lasting
