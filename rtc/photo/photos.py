"""The commands: asking for a photo, and answering. Each is one append, which asks the state once more."""

from core.access.gates import ContactAccess
from core.errors import FyrError
from core.ids import new_id
from core.log.append import Append, Head, Require, every
from core.log.body import Body
from core.log.log import Log
from rtc.photo.entries import PhotoAnswered, PhotoAsked
from rtc.state import PATIENT, Member, Visit
from rtc.visit import going_on, is_in, participant_id


class Photos:
    """Nobody's picture is kept without their yes, and a yes is for one picture."""

    def __init__(self, log: Log) -> None:
        self._log = log

    async def ask(self, access: ContactAccess, visit_id: str, participant: str) -> None:
        """Ask the patient's side, who alone can put a picture into the contact.

        Asked again while they have not answered it is the same question. Raises `visit_over`, `not_found` for who is
        no patient or not in the visit, `not_connected` for staff who are not in it themselves.
        """
        member = _patient_in(access.head, visit_id, participant)
        if member.photo_asked:
            return
        own = participant_id(visit_id, access.actor.id)
        body = PhotoAsked(visit_id=visit_id, participant=participant, name=member.name)
        condition = every(going_on(visit_id), is_in(own), _still_in(visit_id, participant))
        await self._append(access, body, condition)

    async def answer(self, access: ContactAccess, visit_id: str, *, yes: bool) -> None:
        """Say yes or no. Raises `visit_over`, `not_found` where nothing is asked of them."""
        own = participant_id(visit_id, access.actor.id)
        member = _patient_in(access.head, visit_id, own)
        body = PhotoAnswered(visit_id=visit_id, participant=own, name=member.name, yes=yes)

        def asked(head: Head) -> None:
            if not _patient_in(head, visit_id, own).photo_asked:
                raise FyrError("not_found")

        await self._append(access, body, asked)

    async def _append(self, access: ContactAccess, body: Body, require: Require) -> None:
        condition = every(access.allowed, require)
        await self._log.append(Append(access.head.stream, (body,), access.actor, new_id(), require=condition))


def _still_in(visit_id: str, participant: str) -> Require:
    def require(head: Head) -> None:
        _patient_in(head, visit_id, participant)

    return require


def _patient_in(head: Head, visit_id: str, participant: str) -> Member:
    visit = head.state.get(Visit)
    if visit.visit_id != visit_id:
        raise FyrError("visit_over")
    member = visit.member(participant)
    if member is None or member.role != PATIENT or member.place != "in":
        raise FyrError("not_found")
    return member
