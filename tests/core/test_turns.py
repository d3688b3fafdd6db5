"""Whose turn it is in a stream that two nodes write to."""

import pytest

from core.ids import StreamId
from core.log.turns import LONGEST_TURN_S, RECENT_S, TURN_GROUPS, Turns

HERE, ELSEWHERE = StreamId("contact:a"), StreamId("contact:b")


class At:
    """A moment that is set by hand."""

    now_s = 100.0

    def __call__(self) -> float:
        return self.now_s


@pytest.fixture
def at() -> At:
    return At()


@pytest.fixture
def turns(at: At) -> Turns:
    return Turns(at)


def test_on_a_single_node_nothing_waits(turns: Turns) -> None:
    turns.wrote([HERE, ELSEWHERE], took_s=0.01)
    assert not turns.waits
    assert turns.ours(HERE)


def test_after_writing_it_is_the_others_turn_until_it_is_heard(turns: Turns) -> None:
    assert not turns.heard(HERE)
    assert turns.ours(HERE)
    turns.wrote([HERE, ELSEWHERE], took_s=0.01)
    assert turns.waits
    assert not turns.ours(HERE)
    assert turns.ours(ELSEWHERE)
    assert turns.heard(HERE)
    assert turns.ours(HERE)
    assert not turns.waits


def test_who_is_silent_is_waited_for_a_few_groups_and_never_long(turns: Turns, at: At) -> None:
    for took_s, until_s in ((0.01, TURN_GROUPS * 0.01), (60.0, LONGEST_TURN_S)):
        turns.heard(HERE)
        turns.wrote([HERE], took_s=took_s)
        at.now_s += until_s - 0.001
        assert not turns.ours(HERE)
        at.now_s += 0.002
        assert turns.ours(HERE)
        assert not turns.waits


def test_who_was_heard_long_ago_has_no_turn(turns: Turns, at: At) -> None:
    turns.heard(HERE)
    at.now_s += RECENT_S
    turns.wrote([HERE], took_s=0.01)
    assert not turns.waits
