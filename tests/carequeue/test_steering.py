"""Surge mode and texts: logged, over by themselves, and never a step back in safety."""

import pytest

from carequeue.capacity import IMMEDIATE, load_capacity
from carequeue.steering.entries import OutageSet, SurgeSet
from carequeue.steering.rules import load_steering_rules, parse_steering_rules
from carequeue.steering.state import Steering
from carequeue.steering.steerings import Steerings, steering_stream
from core.errors import FyrError
from tests.carequeue.ward import Ward, nurse

KARIN = nurse("karin")
TEXTS = {"sv": "Telefonerna är trasiga.", "en": "The telephones are out of order."}


@pytest.fixture
def steerings(ward: Ward) -> Steerings:
    return Steerings(ward.log, ward.clock, load_steering_rules(), unit_ids=lambda: ["hamnen", "lyktan"])


async def test_surge_mode_is_on_for_a_while_and_ends_by_itself(ward: Ward, steerings: Steerings) -> None:
    changed: list[str] = []
    steerings.when_changed = changed.append
    await steerings.surge(KARIN, "hamnen", 60, reason="Influensa", client_id="1")
    assert (steerings.extra("hamnen"), steerings.extra("lyktan")) == (2, 0)
    ward.clock.advance(minutes=60)
    assert steerings.extra("hamnen") == 0  # by the clock, before anything is written
    for _ in range(2):
        await steerings.look()
    entries = await ward.log.entries(steering_stream("hamnen"))
    assert [
        (entry.header.actor_id, entry.body.until_ms > 0) for entry in entries if isinstance(entry.body, SurgeSet)
    ] == [
        ("staff:karin", True),
        ("system:steering", False),
    ]
    assert changed == ["hamnen", "hamnen"]


async def test_what_was_turned_on_meanwhile_is_not_ended_with_what_is_over(ward: Ward, steerings: Steerings) -> None:
    """Both are over, a node is about to write it down, and a lead turns surge mode on again just before."""
    await steerings.surge(KARIN, "hamnen", 60, reason="Influensa", client_id="1")
    await steerings.outage(KARIN, "hamnen", 60, texts=TEXTS, client_id="2")
    ward.clock.advance(minutes=61)
    (head,) = (await ward.log.heads([steering_stream("hamnen")])).values()
    lead = Steerings(ward.log, ward.clock, load_steering_rules(), unit_ids=lambda: ["hamnen"], ends=False)
    await lead.surge(KARIN, "hamnen", 30, reason="Igen", client_id="3")
    await steerings.end(head, ward.now_ms())
    await lead.look()
    surge = lead.at("hamnen").surge
    assert surge is not None
    assert surge.reason == "Igen"


async def test_it_can_be_turned_off_and_on_again(ward: Ward, steerings: Steerings) -> None:
    await steerings.surge(KARIN, "hamnen", 240, reason="Influensa", client_id="1")
    await steerings.surge(KARIN, "hamnen", 0, reason="", client_id="2")
    assert steerings.at("hamnen") == Steering()
    await steerings.surge(KARIN, "hamnen", 30, reason="Igen", client_id="3")
    surge = steerings.at("hamnen").surge
    assert surge is not None
    assert (surge.reason, surge.name) == ("Igen", "karin")


async def test_it_needs_a_reason_and_has_an_end(steerings: Steerings) -> None:
    with pytest.raises(FyrError, match="empty"):
        await steerings.surge(KARIN, "hamnen", 60, reason=" ", client_id="1")
    for minutes in (-1, 241):
        with pytest.raises(FyrError, match="bad_request"):
            await steerings.surge(KARIN, "hamnen", minutes, reason="Influensa", client_id="1")


async def test_a_text_is_in_two_languages_at_least(ward: Ward, steerings: Steerings) -> None:
    with pytest.raises(FyrError, match="empty"):
        await steerings.outage(KARIN, "hamnen", 60, texts={"sv": "Trasigt", "en": " "}, client_id="1")
    with pytest.raises(FyrError, match="bad_request"):
        await steerings.outage(KARIN, "hamnen", 60, texts={**TEXTS, "xx": "?"}, client_id="1")
    with pytest.raises(FyrError, match="too_long"):
        await steerings.outage(KARIN, "hamnen", 60, texts={**TEXTS, "nb": "x" * 501}, client_id="1")
    await steerings.outage(KARIN, "hamnen", 60, texts=TEXTS, client_id="1")
    outage = steerings.at("hamnen").outage
    assert outage is not None
    assert outage.texts == TEXTS
    ward.clock.advance(minutes=61)
    await steerings.look()
    assert steerings.at("hamnen").outage is None
    last = (await ward.log.entries(steering_stream("hamnen")))[-1].body
    assert isinstance(last, OutageSet)
    assert last.until_ms == 0


def test_more_at_once_is_never_more_beside_an_immediate() -> None:
    capacity = load_capacity()
    usual = capacity.limit("hamnen")
    capacity.extra = lambda unit_id: 2 if unit_id == "hamnen" else 0
    assert (capacity.limit("hamnen"), capacity.limit("lyktan")) == (usual + 2, usual)
    assert capacity.limit("hamnen", with_immediate=True) == 1
    assert not capacity.has_room("hamnen", [IMMEDIATE])


def test_rules_that_make_no_sense_stop_the_start() -> None:
    with pytest.raises(FyrError) as refused:
        parse_steering_rules(
            "{version: 1, extra_at_once: 9, longest_min: 0, longest_text_min: 60, source: '', review: proposed}"
        )
    assert len(refused.value.data["problems"]) == 3  # type: ignore[arg-type]
