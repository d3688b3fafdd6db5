"""The commands: a unit invites, the patient accepts or declines each service, either ends it. Each is one append.

Whether the unit offers what it invites to, and whether who asks may act for unit or patient, is asked before.
"""

from collections.abc import Collection
from typing import NamedTuple

from care.agreement.code import AgreementCodes
from care.agreement.entries import PatientInvited, ServicesAnswered, ServicesEnded
from care.agreement.state import Agreement, Standing
from care.agreement.store import AgreementRow, AgreementRows, agreement_id_of, agreement_stream
from core.actor import Actor
from core.clock import Clock
from core.errors import FyrError
from core.lockout.rule import CODES
from core.lockout.store import Lockouts, Subject
from core.log.append import Append, Head, Require
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from core.rollout.functions import Function

OPEN_MS = 90 * 24 * 3_600_000
"""How long an invitation is open: a letter takes its time, and lies unread."""


class Invitation(NamedTuple):
    """Whom a unit invites, and to what."""

    unit_id: str
    provider_id: str
    person_id: str
    functions: tuple[Function, ...]
    lang: str


class Invited(NamedTuple):
    """What came of it. The code is told once, to who invited, and sent on its way."""

    agreement_id: str
    code: str
    until_ms: int


class Answer(NamedTuple):
    """What the patient says. The code is asked for where anything is accepted."""

    accepted: tuple[Function, ...] = ()
    declined: tuple[Function, ...] = ()
    code: str = ""


class Agreements:
    """Agreements of units and patients."""

    def __init__(
        self, log: Log, rows: AgreementRows, codes: AgreementCodes, *, lockouts: Lockouts, clock: Clock
    ) -> None:
        self._log = log
        self.rows = rows
        self._codes = codes
        self._lockouts = lockouts
        self._clock = clock

    async def invite(self, actor: Actor, invitation: Invitation, *, client_id: str) -> Invited:
        """Invite, or invite anew: the newest code is the one that counts. A repeat gives the same code."""
        agreement_id = agreement_id_of(invitation.unit_id, invitation.person_id)
        code = self._codes.make(agreement_id, f"{actor.id}|{client_id}")
        body = PatientInvited(
            person_id=invitation.person_id,
            unit_id=invitation.unit_id,
            functions=invitation.functions,
            lang=invitation.lang,
            code=self._codes.kept(agreement_id, code),
            until_ms=self._clock.ms() + OPEN_MS,
        )
        scope = Scope(person_id=invitation.person_id, unit_id=invitation.unit_id, provider_id=invitation.provider_id)
        done = await self._log.append(Append(agreement_stream(agreement_id), (body,), actor, client_id, create=scope))
        return Invited(agreement_id, code, done.at_ms + OPEN_MS)

    async def answer(self, actor: Actor, agreement_id: str, answer: Answer, *, client_id: str) -> None:
        """Accept and decline. Tries of a code are counted before it is looked at.

        Raises `empty`, `not_found`, `wrong_state` for what waits for no answer or is too late, `code_wrong`,
        `locked_out`.
        """
        if not answer.accepted and not answer.declined:
            raise FyrError("empty", field="accepted")
        body = ServicesAnswered(accepted=answer.accepted, declined=answer.declined)
        if not answer.accepted:
            await self._append(agreement_id, body, actor, client_id=client_id, require=_stands(answer))
            return
        subject = Subject("agreement_code", agreement_id, CODES)
        await self._lockouts.begin(subject)
        require = self._opened_by(agreement_id, answer)
        await self._append(agreement_id, body, actor, client_id=client_id, require=require)
        await self._lockouts.succeeded(subject)

    async def end(self, actor: Actor, agreement_id: str, functions: tuple[Function, ...], *, client_id: str) -> None:
        """End what was agreed; staff take back what was not answered as well.

        Raises `empty`, `not_found`, `wrong_state`.
        """
        if not functions:
            raise FyrError("empty", field="functions")
        standings: tuple[Standing, ...] = ("accepted", "invited") if actor.kind == "staff" else ("accepted",)

        def require(head: Head) -> None:
            _require_among(functions, head.state.get(Agreement).which(*standings))

        body = ServicesEnded(functions=functions)
        await self._append(agreement_id, body, actor, client_id=client_id, require=require)

    async def of_rows(self, rows: Collection[AgreementRow]) -> dict[str, Agreement]:
        """How these stand, by their ids, in their order."""
        heads = await self._log.heads([row.stream for row in rows])
        return {row.agreement_id: heads[row.stream].state.get(Agreement) for row in rows if row.stream in heads}

    async def accepted_by(self, person_ids: Collection[str]) -> dict[str, frozenset[Function]]:
        """What these persons, who are one, have accepted, by unit."""
        found: dict[str, frozenset[Function]] = {}
        for part in (await self.of_rows(await self.rows.of_persons(person_ids))).values():
            found[part.unit_id] = found.get(part.unit_id, frozenset()) | frozenset(part.which("accepted"))
        return found

    def _opened_by(self, agreement_id: str, answer: Answer) -> Require:
        stands = _stands(answer)

        def require(head: Head) -> None:
            stands(head)
            part = head.state.get(Agreement)
            if self._clock.ms() >= part.until_ms:
                raise FyrError("wrong_state", state="passed")
            if not self._codes.is_code(part.code, agreement_id, answer.code):
                raise FyrError("code_wrong")

        return require

    async def _append(self, agreement_id: str, body: Body, actor: Actor, *, client_id: str, require: Require) -> None:
        await self._log.append(Append(agreement_stream(agreement_id), (body,), actor, client_id, require=require))


def _stands(answer: Answer) -> Require:
    """What is declined waits for an answer; what is accepted does, or was declined and is thought better of."""

    def require(head: Head) -> None:
        part = head.state.get(Agreement)
        _require_among(answer.accepted, part.which("invited", "declined"))
        _require_among(answer.declined, part.which("invited"))
        if set(answer.accepted) & set(answer.declined):
            raise FyrError("bad_request", where="$.declined", what="accepted as well")

    return require


def _require_among(functions: Collection[Function], known: Collection[Function]) -> None:
    if not set(functions) <= set(known):
        raise FyrError("wrong_state", state="answered")
