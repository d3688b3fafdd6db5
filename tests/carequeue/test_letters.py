"""A letter waits by its own promise while nothing in it is urgent, and never a moment longer than a chat once it is."""

import pytest
from msgspec.structs import replace

from carequeue.capacity import load_capacity
from carequeue.deadlines import LETTER_LEVELS, LEVELS, Deadlines, letter_faults, load_deadlines
from carequeue.entries import LetterTurned, Queued
from carequeue.order import order_of, target_of, waits_as_letter
from carequeue.sheets import TargetsSheet, queue_sheets
from carequeue.state import Place
from carequeue.waited.wait import About, ended_wait
from core.ids import ContactId, contact_stream, new_id
from core.log.append import Append, Head
from core.log.entry import Scope
from core.log.state import State
from tests.carequeue.ward import Ward, nurse
from tests.web.test_two_persons import around
from triage.entries import Level
from triage.state import Triage

DEADLINES = load_deadlines()
FRIDAY_1600_MS = 1_764_342_000_000
"""28 November 2025 in Stockholm: two working days go over the weekend."""
HOUR_MS = 3_600_000
MOMENTS = (FRIDAY_1600_MS, FRIDAY_1600_MS + 9 * HOUR_MS, FRIDAY_1600_MS + 70 * HOUR_MS)
LETTER = DEADLINES.of("hamnen", "routine", letter=True)
CONTACT = ContactId("c")


def head(level: Level, *, letter: bool, arrived_ms: int = FRIDAY_1600_MS, assessed: bool = True) -> Head:
    place = Place(unit_id="hamnen", arrived_ms=arrived_ms, waiting_ms=arrived_ms, letter=letter)
    return Head(
        stream=contact_stream(CONTACT),
        last_no=2,
        content_no=1,
        patient_no=2,
        link=b"",
        chain_key="",
        key=b"",
        wrapped_key=b"",
        state=State().with_part(place).with_part(Triage(urgency=level, assessed=assessed)),
        scope=Scope(opener_id="patient:p", unit_id="hamnen", provider_id="region"),
    )


@pytest.mark.parametrize("level", LEVELS)
def test_what_cannot_wait_counts_as_in_a_chat_and_the_rest_by_the_letters_promise(level: Level) -> None:
    letter, chat = head(level, letter=True), head(level, letter=False)
    assert waits_as_letter(letter.state.get(Place), letter.state.get(Triage)) == (level in LETTER_LEVELS)
    assert (order_of(letter, DEADLINES) == order_of(chat, DEADLINES)) == (level not in LETTER_LEVELS)
    unread = head(level, letter=True, assessed=False)
    assert order_of(unread, DEADLINES) <= order_of(head("urgent", letter=False), DEADLINES)


@pytest.mark.parametrize("arrived_ms", MOMENTS)
def test_raising_a_letter_never_sends_it_back(arrived_ms: int) -> None:
    heads = [head(level, letter=True, arrived_ms=arrived_ms) for level in LEVELS]
    keys = [order_of(one, DEADLINES) for one in heads]
    targets = [target_of(one, DEADLINES) for one in heads]
    assert (keys, targets) == (sorted(keys), sorted(targets))


def test_two_working_days_end_on_the_second_one() -> None:
    """Open 8 to 17 on weekdays: an hour is left of Friday, nine go by on Monday, eight of Tuesday."""
    answer_ms = target_of(head("routine", letter=True), DEADLINES)
    assert answer_ms - FRIDAY_1600_MS == 4 * 24 * HOUR_MS


def test_a_promise_to_letters_that_passes_who_is_more_urgent_is_refused() -> None:
    faults = letter_faults(DEADLINES.standard, replace(LETTER, target_min=60, grace_min=0))
    assert {(one.code, one.where) for one in faults} == {
        ("before_more_urgent", "letter.grace_min"),
        ("sooner_than_more_urgent", "letter.target_min"),
    }


def test_a_unit_promises_its_own_time_and_a_longer_one_takes_two() -> None:
    deadlines = load_deadlines()
    _, targets, _ = queue_sheets(deadlines, load_capacity(), "se")
    assert targets.standard is not None
    assert targets.take is not None
    sheet: TargetsSheet = targets.standard("hamnen")
    assert sheet.letter is not None
    slower = replace(sheet, letter=replace(sheet.letter, target_min=LETTER.target_min * 2))
    quicker = replace(sheet, letter=replace(sheet.letter, grace_min=0))
    there = around()
    assert set(targets.lowers(sheet, slower, there)) == {"longer_target"}
    assert set(targets.lowers(sheet, quicker, there)) == {"grace_changed"}
    assert not list(targets.lowers(sheet, sheet, there))
    targets.take("hamnen", slower)
    assert promised(deadlines) == LETTER.target_min * 2
    targets.take("hamnen", replace(sheet, letter=None))
    assert promised(deadlines) == LETTER.target_min


def promised(deadlines: Deadlines) -> int:
    return deadlines.of("hamnen", "routine", letter=True).target_min


def test_how_fast_a_unit_is_says_nothing_of_letters() -> None:
    before, about = head("routine", letter=True).state, About("18-44", "sv")
    held = before.with_part(replace(before.get(Place), status="held", held_ms=FRIDAY_1600_MS + HOUR_MS))
    wait = ended_wait(CONTACT, before, held, deadlines=DEADLINES, describe=lambda _: about)
    assert wait is not None
    assert (wait.letter, wait.target_ms) == (True, target_of(head("routine", letter=True), DEADLINES))


async def test_a_letter_stays_one_until_whoever_holds_it_turns_it(ward: Ward) -> None:
    sara = nurse("sara")
    chat, letter = await ward.arrive("routine"), await ward.arrive("routine", letter=True)
    rows = await ward.places.get([chat, letter])
    assert [rows[one].letter for one in (chat, letter)] == [False, True]
    assert rows[chat].key < rows[letter].key
    await ward.assess(letter, "urgent")
    row = (await ward.places.get([letter]))[letter]
    assert (row.letter, row.key < rows[chat].key) == (False, True)
    claim = await ward.claims.claim_this(sara, letter, client_id=new_id())
    for claim_no in (claim.claim_no + 1, claim.claim_no):
        body = LetterTurned(into="chat", claim_no=claim_no)
        await ward.log.append(Append(contact_stream(letter), (body,), sara, new_id()))
        assert (await ward.place(letter)).letter == (claim_no != claim.claim_no)
    await ward.log.append(Append(contact_stream(letter), (Queued(unit_id="lyktan", letter=True),), sara, new_id()))
    assert not (await ward.place(letter)).letter, "what has become a chat stays one"
