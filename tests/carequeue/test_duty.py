"""Who is on duty; and where nobody is, whoever is on call is told of the very urgent, once a wait and level."""

from typing import Any

import pytest

from carequeue.duty.duties import FORGOTTEN_MS, REACHED_MS, Duties, duty_stream
from carequeue.duty.keeper import ALERT_AFTER_MS, OnCallKeeper
from carequeue.lease.store import StaffSeen
from core.errors import FyrError
from core.ids import ContactId, contact_stream, new_id
from core.on_call.port import Alert, OnCall, OnCallReach
from core.storage.sql import Database
from tests.carequeue.ward import Ward, nurse

SARA, JONAS = nurse("sara"), nurse("jonas")
UNITS = {"hamnen": "Hamnens hälsocentral", "lyktan": "Lyktans hälsocentral"}


class Pager:
    """A way to who is on call."""

    def __init__(self) -> None:
        self.heard: list[Alert] = []
        self.away = False

    async def alert(self, alert: Alert) -> None:
        if self.away:
            raise FyrError("unreachable", what="pager")
        self.heard.append(alert)


@pytest.fixture
def seen(database: Database) -> StaffSeen:
    return StaffSeen(database)


@pytest.fixture
def duties(ward: Ward, seen: StaffSeen) -> Duties:
    return Duties(ward.log, seen, ward.clock, unit_ids=lambda: UNITS)


@pytest.fixture
def pager() -> Pager:
    return Pager()


@pytest.fixture
def keeper(ward: Ward, duties: Duties, pager: Pager) -> OnCallKeeper:
    on_call = OnCall({"hamnen": OnCallReach(sms="+46701740605")}, lambda reach: [pager] if reach.sms else [])
    return OnCallKeeper(ward.log, ward.places, duties, on_call=on_call, units=lambda: UNITS, clock=ward.clock)


async def look(ward: Ward, duties: Duties, keeper: OnCallKeeper, *, after_ms: int = ALERT_AFTER_MS) -> int:
    """Some time later a node looks."""
    ward.clock.advance(seconds=after_ms / 1_000)
    await duties.look()
    return await keeper.look()


async def alerts(ward: Ward, contact_id: ContactId) -> list[Any]:
    """What was written of alerts in a contact."""
    entries = await ward.log.entries(contact_stream(contact_id))
    return [entry for entry in entries if entry.header.kind == "on_call_alerted"]


async def test_on_duty_is_who_says_so_and_has_a_line(ward: Ward, duties: Duties, seen: StaffSeen) -> None:
    assert not duties.is_manned("hamnen")
    await duties.set(SARA, "hamnen", "on", client_id=new_id())
    assert (duties.is_manned("hamnen"), duties.is_manned("lyktan")) == (True, False)
    ward.clock.advance(seconds=REACHED_MS / 1_000)
    await duties.look()
    assert not duties.is_manned("hamnen")
    await seen.note(["sara"], now_ms=ward.now_ms())
    await duties.look()
    assert duties.is_manned("hamnen")


async def test_who_pauses_finishes_what_is_open_and_counts_for_nobody_new(duties: Duties) -> None:
    await duties.set(SARA, "hamnen", "paused", client_id=new_id())
    assert (duties.standing("hamnen", "sara"), duties.is_manned("hamnen")) == ("paused", False)
    await duties.set(JONAS, "hamnen", "on", client_id=new_id())
    assert [one.staff_id for one in duties.at("hamnen")] == ["jonas", "sara"]
    await duties.set(JONAS, "hamnen", "off", client_id=new_id())
    assert (duties.standing("hamnen", "jonas"), duties.is_manned("hamnen")) == ("off", False)


async def test_who_finishes_goes_off_duty_once_nothing_is_open(
    ward: Ward, duties: Duties, keeper: OnCallKeeper, seen: StaffSeen
) -> None:
    contact_id = await ward.arrive("urgent")
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    for one in (SARA, JONAS):
        await duties.set(one, "hamnen", "finishing", client_id=new_id())
    assert not duties.is_manned("hamnen")
    holders = {row.holder_id or "" for row in await ward.places.held()}
    assert await duties.end_finished(holders) == 1
    await duties.look()
    assert [one.staff_id for one in duties.at("hamnen")] == ["sara"]
    await ward.claims.hand_back(SARA, contact_id, 1, reason="rast", client_id="back")
    assert await duties.end_finished(frozenset()) == 1
    await duties.look()
    assert not duties.somebody_finishes


async def test_who_went_home_without_a_word_is_taken_off_duty_once(ward: Ward, duties: Duties, seen: StaffSeen) -> None:
    for one in (SARA, JONAS):
        await duties.set(one, "hamnen", "on", client_id=new_id())
    ward.clock.advance(seconds=FORGOTTEN_MS / 1_000 - 1)
    await seen.note(["jonas"], now_ms=ward.now_ms())
    assert await duties.end_forgotten() == 0
    ward.clock.advance(seconds=1)
    assert [await duties.end_forgotten() for _ in range(2)] == [1, 0]
    await duties.look()
    assert [one.staff_id for one in duties.at("hamnen")] == ["jonas"]
    assert len(await ward.log.entries(duty_stream("hamnen"))) == 3


async def test_screens_are_told_when_somebody_stands_otherwise(duties: Duties) -> None:
    told: list[str] = []
    duties.when_changed = told.append
    await duties.set(SARA, "hamnen", "on", client_id=new_id())
    await duties.look()
    assert told == ["hamnen"]


async def test_on_call_is_told_of_the_very_urgent_and_of_nobody_else(
    ward: Ward, duties: Duties, keeper: OnCallKeeper, pager: Pager
) -> None:
    urgent, very = await ward.arrive("urgent"), await ward.arrive("very_urgent")
    assert await look(ward, duties, keeper, after_ms=ALERT_AFTER_MS - 1) == 0
    assert [await look(ward, duties, keeper, after_ms=1), await keeper.look()] == [1, 0]
    (written,) = await alerts(ward, very)
    assert (written.body.told, await alerts(ward, urgent)) == (True, [])
    await keeper.tell(contact_stream(very), written.no)
    assert [(one.unit, one.urgency, one.contact_id) for one in pager.heard] == [
        ("Hamnens hälsocentral", "very_urgent", very)
    ]


async def test_a_higher_level_and_a_new_wait_are_told_again(ward: Ward, duties: Duties, keeper: OnCallKeeper) -> None:
    contact_id = await ward.arrive("very_urgent")
    await look(ward, duties, keeper)
    await ward.assess(contact_id, "immediate")
    assert await look(ward, duties, keeper, after_ms=0) == 1
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    assert await look(ward, duties, keeper) == 0
    await ward.claims.hand_back(SARA, contact_id, 1, reason="rast", client_id="back")
    assert await look(ward, duties, keeper) == 1
    assert [entry.body.urgency for entry in await alerts(ward, contact_id)] == ["very_urgent", "immediate", "immediate"]


async def test_where_somebody_is_on_duty_nobody_else_is_called(
    ward: Ward, duties: Duties, keeper: OnCallKeeper, seen: StaffSeen
) -> None:
    await duties.set(SARA, "hamnen", "on", client_id=new_id())
    contact_id = await ward.arrive("immediate")
    assert await look(ward, duties, keeper) == 0
    await duties.set(SARA, "hamnen", "off", client_id=new_id())
    assert await keeper.look() == 1
    assert len(await alerts(ward, contact_id)) == 1


async def test_a_unit_without_on_call_says_that_nobody_was_told(
    ward: Ward, duties: Duties, keeper: OnCallKeeper, pager: Pager
) -> None:
    contact_id = await ward.arrive("immediate", unit_id="lyktan")
    await look(ward, duties, keeper)
    (written,) = await alerts(ward, contact_id)
    await keeper.tell(contact_stream(contact_id), written.no)
    assert (written.body.told, pager.heard) == (False, [])


async def test_an_alert_that_fails_is_tried_again_and_one_overtaken_is_not_sent(
    ward: Ward, duties: Duties, keeper: OnCallKeeper, pager: Pager
) -> None:
    contact_id = await ward.arrive("immediate")
    await look(ward, duties, keeper)
    (written,) = await alerts(ward, contact_id)
    pager.away = True
    with pytest.raises(FyrError, match="unreachable"):
        await keeper.tell(contact_stream(contact_id), written.no)
    pager.away = False
    await ward.claims.claim_this(SARA, contact_id, client_id="take")
    await keeper.tell(contact_stream(contact_id), written.no)
    assert pager.heard == []
