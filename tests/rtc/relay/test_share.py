"""Laws of what a weak line gives up: never sound, never the interpreter, and at most one step of what others get."""

from hypothesis import given
from hypothesis import strategies as st

from rtc.relay.share import RATES, Given, Line, Sender, give, rates, step_of

NAMES = ["tolk", "sara", "astrid", "mor", "far", "syster", "bror"]
senders = st.integers(1, 7).flatmap(
    lambda count: st.lists(st.booleans(), min_size=count, max_size=count).map(
        lambda pins: [Sender(name, pinned, 300_000) for name, pinned in zip(NAMES, pins, strict=False)]
    )
)
lines = st.builds(
    Line,
    sent=st.integers(0, 10_000_000),
    carries=st.none() | st.integers(0, 10_000_000),
    judged=st.none() | st.integers(0, 10_000_000),
    loss=st.floats(0, 1),
)


def after(seconds: list[Line], people: list[Sender]) -> Given:
    now = Given()
    for line in seconds:
        now = give(now, line, people, people=len(people) + 1)
    return now


@given(senders, st.lists(lines, max_size=40))
def test_whoever_is_pinned_is_always_shown(people: list[Sender], seconds: list[Line]) -> None:
    assert not after(seconds, people).held & {one.participant for one in people if one.pinned}


@given(senders, st.dictionaries(st.sampled_from(NAMES), st.lists(lines, max_size=20), max_size=7))
def test_nobody_is_asked_for_more_than_one_step_less(people: list[Sender], by: dict[str, list[Line]]) -> None:
    step = step_of(len(people) + 1)
    asked = rates(people, {who: after(seconds, people) for who, seconds in by.items()}, people=len(people) + 1)
    assert set(asked.values()) <= {RATES[step], RATES[step + 1]}


@given(senders, st.lists(lines, max_size=20))
def test_nobody_is_made_smaller_while_a_loose_picture_is_still_shown(people: list[Sender], seconds: list[Line]) -> None:
    now = Given()
    for line in seconds:
        before, now = now, give(now, line, people, people=len(people) + 1)
        loose = {one.participant for one in people if not one.pinned} - now.held
        assert not (now.lowered - before.lowered and loose)


def carries_all(line: Line) -> bool:
    judged = line.sent if line.judged is None else line.judged
    return line.loss <= 0.1 and (line.carries is None or line.carries >= judged)


@given(senders, st.lists(lines.filter(carries_all), max_size=40))
def test_a_line_that_carries_what_is_sent_gives_up_nothing(people: list[Sender], seconds: list[Line]) -> None:
    assert after(seconds, people) == Given()._replace(
        calm_s=after(seconds, people).calm_s, grow_s=after(seconds, people).grow_s
    )


def test_the_last_loose_picture_goes_first_and_all_comes_back() -> None:
    people = [Sender("tolk", True, 700_000), Sender("sara", False, 700_000), Sender("mor", False, 700_000)]
    now = after([Line(2_100_000, 1_600_000)] * 2, people)
    assert now.held == {"sara", "mor"}
    now = after([Line(2_100_000, 1_700_000)] * 4, people)
    assert "mor" in now.held
    small = [one._replace(sends=100_000) for one in people]
    assert after([Line(600_000, 500_000, 500_000, 0.12)] * 2, small).held == {"mor"}
    for _ in range(200):
        now = give(now, Line(1_000_000, 2_000_000), people, people=4)
    assert now.held == frozenset()


def test_one_bad_second_changes_nothing_nor_does_one_doubt_of_the_receiver() -> None:
    people = [Sender("sara", pinned=False)]
    assert after([Line(2_000_000, 100_000)], people).held == frozenset()
    assert after([Line(2_000_000, 1_700_000)] * 3, people).held == frozenset()
    assert after([Line(2_000_000, 1_700_000)] * 4, people).held == {"sara"}


def test_a_picture_has_a_rate_by_how_many_there_are() -> None:
    assert [RATES[step_of(people)] for people in range(2, 9)] == [1_500_000, 700_000, 700_000, *[300_000] * 4]
