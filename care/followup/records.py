"""The commands of a follow-up. Who may see the unit and act for the person is asked before; what must hold of the
record is asked inside the write.
"""

from collections.abc import Mapping, Sequence
from datetime import tzinfo
from typing import NamedTuple

from care.followup.due import verdict_of
from care.followup.entries import (
    Checked,
    Consent,
    EndedWhy,
    FollowUpEnded,
    FollowUpIncluded,
    FollowUpPaused,
    FollowUpResumed,
    Owner,
    PausedWhy,
    Planned,
    PlanProposed,
    PlanSigned,
    ReadingsSeen,
    ReadingsTaken,
)
from care.followup.planning import Wanted, planned
from care.followup.programme import Party, Programme
from care.followup.state import Record
from care.followup.store import FollowUpRows, record_id_of, record_stream
from care.followup.taking import answer_now, check_count, check_typed, reading_now, sent_once
from core.actor import Actor, system_actor
from core.clock import Clock
from core.errors import FyrError
from core.log.append import Append, Appended, Head, Require
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from triage.thresholds.reading import Answer, Reading

GATEWAY = system_actor("measurements")
"""Who writes what devices send: a reading that comes by two ways is one."""
TEXT_LIMIT, NAME_LIMIT = 2_000, 200


class Inclusion(NamedTuple):
    """What is decided when somebody is included."""

    person_id: str
    unit_id: str
    provider_id: str
    programme: str
    referred_by: Party
    criteria: tuple[Checked, ...]
    consent: Consent
    goals: str
    owners: tuple[Owner, ...]
    lang: str


class FollowUps:
    """Writes the records of who is followed at home."""

    def __init__(
        self, log: Log, rows: FollowUpRows, programmes: Mapping[str, Programme], *, clock: Clock, zone: tzinfo
    ) -> None:
        """`zone`: by which clocks days are counted."""
        self._log = log
        self.rows = rows
        self.programmes = programmes
        self._clock = clock
        self._zone = zone

    async def include(self, actor: Actor, wanted: Inclusion, *, same: Sequence[str], client_id: str) -> str:
        """Begin to follow somebody; gives the record. `same`: who the person turned out to be.

        Raises `not_found` for no such programme, `bad_request` where a criterion, a goal or an owner is wanting,
        `wrong_state` where the unit follows them already.
        """
        programme = self.programme(wanted.programme)
        check_inclusion(programme, wanted)
        open_rows = [row for row in await self.rows.of_persons(same) if row.unit_id == wanted.unit_id]
        mine = record_id_of(wanted.person_id, wanted.unit_id)
        if any(row.status != "ended" and row.record_id != mine for row in open_rows):
            raise FyrError("wrong_state", state="followed")
        body = FollowUpIncluded(programme_version=programme.version, **wanted._asdict())
        scope = Scope(person_id=wanted.person_id)
        append = Append(record_stream(mine), (body,), actor, client_id, require=_is("", "ended"), create=scope)
        await self._log.append(append)
        return mine

    async def propose(self, actor: Actor, record_id: str, wanted: Wanted, *, client_id: str) -> int:
        """A plan that waits to be signed; gives its version. Raises `bad_request`, `wrong_state`."""
        part = await self.record(record_id)
        today = self._clock.now().astimezone(self._zone).date()
        made = planned(self.programme(part.programme), wanted, version=part.proposed_version + 1, today=today)
        newest = _is("included", "followed", proposed=part.proposed_version)
        await self._write(actor, record_id, PlanProposed(planned=made), require=newest, client_id=client_id)
        return made.version

    async def sign(self, actor: Actor, record_id: str, version: int, *, client_id: str) -> Appended:
        """The plan is in force, exactly as it was proposed. Raises `not_found` for who is no clinician of the unit,
        `wrong_state` for any version but the newest, and one that is in force already."""
        part = await self.record(record_id)
        if not any(one.unit_id == part.unit_id and one.role == "clinician" for one in actor.roles):
            raise FyrError("not_found")
        if part.proposed_version != version:
            raise FyrError("wrong_state", state="changed")
        body = PlanSigned(planned=await self.proposed(record_id), name=actor.name)

        def unsigned(head: Head) -> None:
            now = head.state.get(Record)
            if now.proposed_version != version or now.plan_version == version or now.status in ("", "ended"):
                raise FyrError("wrong_state", state="changed")

        return await self._write(actor, record_id, body, require=unsigned, client_id=client_id)

    async def tell(
        self, actor: Actor, record_id: str, readings: Sequence[Reading], *, answers: Sequence[Answer], client_id: str
    ) -> Appended:
        """What the patient typed. Raises `bad_request` for what cannot be, `empty`, `too_many`, `wrong_state`."""
        check_count(readings, answers)
        check_typed(readings)
        part, now_ms = await self.record(record_id), self._clock.ms()
        asked = {row.id for row in self.programme(part.programme).questions}
        if any(one.question not in asked for one in answers):
            raise FyrError("bad_request", where="$.answers", what="a question of the programme")
        body = ReadingsTaken(
            readings=tuple(reading_now(one, now_ms=now_ms) for one in readings),
            answers=tuple(answer_now(one, now_ms=now_ms) for one in answers),
            way="typed",
        )
        return await self._write(actor, record_id, body, require=_is("included", "followed"), client_id=client_id)

    async def receive(self, record_id: str, reading: Reading) -> Appended:
        """What a device sent: the same reading is taken once. Raises `wrong_state` where nobody is followed."""
        body = ReadingsTaken(readings=(reading_now(reading, now_ms=self._clock.ms()),), way="device")
        once = sent_once(record_id, reading)
        return await self._write(GATEWAY, record_id, body, require=_is("included", "followed"), client_id=once)

    async def pause(
        self, actor: Actor, record_id: str, why: PausedWhy, *, from_ms: int, until_ms: int | None, client_id: str
    ) -> Appended:
        """Expect nothing for a while. Raises `bad_request` for an end before the beginning, `wrong_state`."""
        if until_ms is not None and until_ms <= from_ms:
            raise FyrError("bad_request", where="$.until", what="after the beginning")
        body = FollowUpPaused(why=why, from_ms=from_ms, until_ms=until_ms)
        return await self._write(actor, record_id, body, require=_is("included", "followed"), client_id=client_id)

    async def resume(self, actor: Actor, record_id: str, *, client_id: str) -> Appended:
        """Every pause is over."""
        require = _is("included", "followed")
        return await self._write(actor, record_id, FollowUpResumed(), require=require, client_id=client_id)

    async def seen(self, actor: Actor, record_id: str, up_to_no: int, *, role: str, client_id: str) -> Appended:
        """Somebody has looked at everything up to this entry; the patient is told. Raises `behind` where newer came.

        Whether all is as usual is judged by the plan and not by who looks.
        """
        part = await self.record(record_id)
        verdict = verdict_of(part, now_ms=self._clock.ms())

        def newest(head: Head) -> None:
            now = head.state.get(Record)
            if now.read_no > up_to_no or now.last_ms != part.last_ms:
                raise FyrError("behind", newer=max(1, now.read_no - up_to_no), head=now.read_no)

        body = ReadingsSeen(up_to_no=up_to_no, role=role, as_usual=verdict is not None and verdict.zone == "green")
        return await self._write(actor, record_id, body, require=newest, client_id=client_id)

    async def end(self, actor: Actor, record_id: str, why: EndedWhy, *, outcome: str, client_id: str) -> Appended:
        """It is over. Raises `too_long`, `wrong_state`."""
        _check_text(outcome, "outcome", limit=TEXT_LIMIT, needed=False)
        body = FollowUpEnded(why=why, outcome=outcome)
        return await self._write(actor, record_id, body, require=_is("included", "followed"), client_id=client_id)

    async def record(self, record_id: str) -> Record:
        """How it stands. Raises `not_found`."""
        return (await self._log.head(record_stream(record_id))).state.get(Record)

    async def proposed(self, record_id: str) -> Planned:
        """The newest plan, signed or not. Raises `not_found`."""
        part = await self.record(record_id)
        place = (record_stream(record_id), part.proposed_no)
        entry = (await self._log.entries_at([place])).get(place)
        if entry is None or not isinstance(entry.body, PlanProposed):
            raise FyrError("not_found")
        return entry.body.planned

    def programme(self, name: str) -> Programme:
        """Raises `not_found`."""
        found = self.programmes.get(name)
        if found is None:
            raise FyrError("not_found")
        return found

    async def _write(self, actor: Actor, record_id: str, body: Body, *, require: Require, client_id: str) -> Appended:
        return await self._log.append(Append(record_stream(record_id), (body,), actor, client_id, require=require))


def check_inclusion(programme: Programme, wanted: Inclusion) -> None:
    """Raises `bad_request`: every criterion is judged, and none speaks against; every party has somebody by name."""
    held = {one.criterion: one.holds for one in wanted.criteria}
    must = {row.id: True for row in programme.inclusion} | {row.id: False for row in programme.exclusion}
    for name, holds in must.items():
        if held.get(name) is not holds:
            raise FyrError("bad_request", where=f"$.criteria.{name}", what="as the programme has it")
    _check_text(wanted.goals, "goals", limit=TEXT_LIMIT)
    named = {one.party: one.name for one in wanted.owners}
    for party in dict.fromkeys(step.by for step in programme.steps if step.by != "patient"):
        _check_text(named.get(party, ""), f"owners.{party}", limit=NAME_LIMIT)


def _check_text(text: str, field: str, *, limit: int, needed: bool = True) -> None:
    if len(text) > limit:
        raise FyrError("too_long", field=field, limit=limit)
    if needed and not text.strip():
        raise FyrError("empty", field=field)


def _is(*statuses: str, proposed: int | None = None) -> Require:
    def require(head: Head) -> None:
        part = head.state.get(Record)
        if part.status not in statuses or proposed not in (None, part.proposed_version):
            raise FyrError("wrong_state", state=part.status or "not followed")

    return require
