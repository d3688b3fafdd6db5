"""Where a contact is at home: every node says the same, and nobody moves but whose node has gone."""

from datetime import UTC, datetime

from hypothesis import given
from hypothesis import strategies as st

from core.clock import ManualClock
from web.push.homes import Homes, home_of
from web.push.peers import DOUBTED_MS, GONE_AFTER_MS, Here, Peers

NAMES = st.text("abcdef0123456789", min_size=1, max_size=8)
NODES = st.sets(NAMES, min_size=1, max_size=6).map(sorted)
CARRIES = Here(carries=True)


@given(NODES, NAMES, st.randoms())
def test_every_node_says_the_same_in_whatever_order_it_knows_them(nodes: list[str], contact: str, rng: object) -> None:
    shuffled = list(nodes)
    rng.shuffle(shuffled)  # type: ignore[attr-defined]
    assert home_of(contact, tuple(nodes)) == home_of(contact, tuple(shuffled))


@given(NODES, st.lists(NAMES, max_size=30), st.data())
def test_when_a_node_goes_only_its_own_contacts_move(
    nodes: list[str], contacts: list[str], data: st.DataObject
) -> None:
    gone = data.draw(st.sampled_from(nodes))
    left = tuple(node for node in nodes if node != gone)
    for contact in contacts:
        home = home_of(contact, tuple(nodes))
        if home != gone:
            assert home_of(contact, left) == home


def test_contacts_are_spread_evenly() -> None:
    nodes = ("one", "two", "three")
    counted = [sum(home_of(f"{number}", nodes) == node for number in range(3_000)) for node in nodes]
    assert min(counted) > 900


def test_who_is_alone_or_only_with_others_that_carry_nothing_is_home_to_all() -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    peers = Peers(clock)
    homes = Homes("here", peers)
    contacts = [f"{number}" for number in range(40)]
    assert not any(map(homes.elsewhere, contacts))
    peers.heard("old", 1, Here())
    assert not any(map(homes.elsewhere, contacts))
    peers.heard("new", 1, CARRIES)
    away = {contact for contact in contacts if homes.elsewhere(contact)}
    assert 0 < len(away) < len(contacts)
    assert {homes.elsewhere(contact) for contact in away} == {"new"}


def test_who_did_not_answer_is_no_home_until_heard_after_a_while() -> None:
    clock = ManualClock(datetime(2026, 11, 23, 8, tzinfo=UTC))
    peers = Peers(clock)
    peers.heard("there", 1, CARRIES)
    assert peers.carriers() == ("there",)
    peers.doubt("there")
    assert peers.carriers() == ()
    peers.heard("there", 2, None)
    assert peers.carriers() == ()
    clock.advance(milliseconds=DOUBTED_MS)
    assert peers.carriers() == ()
    peers.heard("there", 3, None)
    assert peers.carriers() == ("there",)
    clock.advance(milliseconds=GONE_AFTER_MS + 1)
    assert peers.carriers() == ()
    peers.heard("there", 4, Here(leaves=True))
    assert peers.carriers() == ()
