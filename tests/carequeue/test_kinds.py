"""Whatever entries a log holds, in whatever order: one holder at most, claim numbers only grow, closed stays closed."""

from itertools import pairwise

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from carequeue.entries import Claimed, Closed, HandedBack, LetterTurned, Queued
from carequeue.kinds import KINDS
from carequeue.routing.entries import NeedsSet
from carequeue.state import Place
from core.log.body import Author, Body
from core.log.entry import Header
from core.log.kinds import Kinds
from core.log.state import State

REGISTERED = Kinds(KINDS)
NUMBERS = st.integers(0, 4)
NAMES = st.sampled_from(["sara", "jonas"])
BODIES = st.one_of(
    st.builds(
        Queued,
        unit_id=st.sampled_from(["hamnen", "lyktan"]),
        needs=st.sampled_from([(), ("lang:ar",)]),
        letter=st.booleans(),
    ),
    st.builds(LetterTurned, into=st.just("chat"), claim_no=NUMBERS),
    st.builds(NeedsSet, needs=st.sampled_from([(), ("staff:sara",)]), steps=st.just(()), again=st.booleans()),
    st.builds(Claimed, staff_id=NAMES, name=NAMES, role=st.just("nurse"), claim_no=NUMBERS),
    st.builds(HandedBack, reason=st.just("rast"), claim_no=NUMBERS),
    st.builds(Closed, reason=st.just("self_care_advice"), safety_net=st.just("Hör av dig"), claim_no=NUMBERS),
)


def header(no: int) -> Header:
    return Header(
        stream="contact:c",
        no=no,
        kind="any",
        version=1,
        at_ms=1_000 + no,
        actor_id="staff:sara",
        author=Author(kind="staff"),
        purpose="care",
        unit_id="hamnen",
        provider_id="region",
        client_id=f"c{no}",
        patient_no=no,
        digest="",
    )


def fold(bodies: list[Body]) -> list[Place]:
    """The place after each entry, from the empty one on."""
    places = [Place()]
    for no, body in enumerate(bodies, start=1):
        places.append(REGISTERED.of(body).fold(places[-1], body, header(no)))
    return places


@given(st.lists(BODIES, max_size=25))
def test_held_means_by_one_person_under_a_number(bodies: list[Body]) -> None:
    for place in fold(bodies):
        assert (place.status == "held") == (place.holder_id is not None) == (place.held_ms is not None)
        assert (place.status == "closed") == (place.closed is not None) == (place.closed_ms is not None)


@given(st.lists(BODIES, max_size=25))
def test_claim_numbers_only_grow_and_closed_stays_closed(bodies: list[Body]) -> None:
    places = fold(bodies)
    for before, after in pairwise(places):
        assert after.claim_no >= before.claim_no
        assert after.claim_no > before.claim_no or after.holder_id in (None, before.holder_id)
        assert before.status != "closed" or after == before


@given(st.lists(BODIES, max_size=25))
def test_the_first_arrival_counts_for_ever(bodies: list[Body]) -> None:
    arrivals = [place.arrived_ms for place in fold(bodies) if place.arrived_ms]
    assert len(set(arrivals)) <= 1


@given(st.lists(BODIES, max_size=25))
def test_a_place_survives_being_stored(bodies: list[Body]) -> None:
    place = fold(bodies)[-1]
    assert State.decode(State().with_part(place).encode()).get(Place) == place


def test_hand_back_waits_at_the_old_place() -> None:
    claimed = Claimed(staff_id="sara", name="Sara Lind", role="nurse", claim_no=1)
    first, held, back = fold([Queued(unit_id="hamnen"), claimed, HandedBack(reason="rast", claim_no=1)])[1:]
    assert (held.status, held.holder_name) == ("held", "Sara Lind")
    assert (back.status, back.arrived_ms, back.waiting_ms) == ("waiting", first.arrived_ms, 1_003)
    assert back.answered_ms == held.held_ms


@pytest.mark.parametrize(
    "body",
    [
        Claimed(staff_id="sara", name="Sara Lind", role="nurse", claim_no=7),
        HandedBack(reason="Jag hinner inte", claim_no=7),
        LetterTurned(into="video", claim_no=7),
        Closed(reason="booked_visit", safety_net="Ring 1177 om det blir värre", claim_no=7),
    ],
)
def test_the_patient_is_told_no_claim_number_no_staff_id_and_no_reason_between_colleagues(body: Body) -> None:
    shown = REGISTERED.view(body, "patient", protected=False)
    assert shown is not None
    told = msgspec.to_builtins(shown)
    assert told["claim_no"] == 0
    assert "sara" not in told.values()
    assert "Jag hinner inte" not in told.values()
    assert REGISTERED.view(body, "staff", protected=False) == body


def test_every_change_of_place_reaches_the_index() -> None:
    every = ("queued", "needs_set", "claimed", "handed_back", "letter_turned", "closed", "reopened")
    assert {kind.name: kind.topics[0] for kind in KINDS} == dict.fromkeys(every, "index")
