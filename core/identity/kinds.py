"""How persons, their numbers and those who stand for them fold: the state the tables of `core.identity.store` show."""

from typing import Any, Literal

import msgspec

from core.identity.entries import (
    Change,
    ChangeDone,
    ChangeProposed,
    ChangeWithdrawn,
    IdentityEnded,
    IdentityGiven,
    PersonRegistered,
    PersonsMerged,
    PersonsParted,
    ProtectionSet,
    ProxyEnded,
    ProxyGiven,
    Temporary,
)
from core.identity.number import NumberKind
from core.log.entry import Header
from core.log.kinds import Kind
from core.log.state import Part


class PersonState(Part, tag="person", frozen=True, kw_only=True):
    """A person as they are known now."""

    temporary: Temporary = ""
    merged_into: str = ""
    protection: str = ""
    protected_until_ms: int | None = None
    changed_ms: int = 0


class IdentityState(Part, tag="identity", frozen=True, kw_only=True):
    """A number, and whose it is; sealed with the stream's own key."""

    person_id: str = ""
    number: NumberKind | Literal[""] = ""
    value: str = ""
    from_ms: int = 0
    until_ms: int | None = None
    moved: bool = False
    """Nobody is found by it: it is kept under a newer key, or never was theirs."""

    def __repr__(self) -> str:
        return f"IdentityState({self.person_id}, {self.number})"


class ProxyState(Part, tag="proxy", frozen=True, kw_only=True):
    """Who stands for whom, on which basis."""

    person_id: str = ""
    proxy_id: str = ""
    basis: str = ""
    shares_address: bool = False
    until_ms: int | None = None
    changed_ms: int = 0


ChangeStatus = Literal["proposed", "done", "withdrawn"]


class ChangeState(Part, tag="change", frozen=True, kw_only=True):
    """A change as it stands."""

    change: Change | None = None
    reason: str = ""
    status: ChangeStatus = "proposed"
    proposed_by: str = ""
    """The actor."""
    proposer: str = ""
    """Their name."""
    proposed_ms: int = 0
    settled_by: str = ""
    """The name of who has done or withdrawn it."""
    settled_ms: int = 0


def _registered(part: PersonState, body: PersonRegistered, header: Header) -> PersonState:
    return msgspec.structs.replace(part, temporary=body.temporary, changed_ms=header.at_ms)


def _merged(part: PersonState, body: PersonsMerged, header: Header) -> PersonState:
    return msgspec.structs.replace(part, merged_into=body.into, changed_ms=header.at_ms)


def _parted(part: PersonState, _: PersonsParted, header: Header) -> PersonState:
    return msgspec.structs.replace(part, merged_into="", changed_ms=header.at_ms)


def _protected(part: PersonState, body: ProtectionSet, header: Header) -> PersonState:
    return msgspec.structs.replace(
        part, protection=body.protection or "", protected_until_ms=body.until_ms, changed_ms=header.at_ms
    )


def _given(_: IdentityState, body: IdentityGiven, header: Header) -> IdentityState:
    return IdentityState(person_id=body.person_id, number=body.number, value=body.value, from_ms=header.at_ms)


def _ended(part: IdentityState, body: IdentityEnded, header: Header) -> IdentityState:
    return msgspec.structs.replace(part, until_ms=header.at_ms, moved=body.why != "replaced")


def _proxy_given(_: ProxyState, body: ProxyGiven, header: Header) -> ProxyState:
    return ProxyState(
        person_id=body.person_id,
        proxy_id=body.proxy_id,
        basis=body.basis,
        shares_address=body.shares_address,
        until_ms=body.until_ms,
        changed_ms=header.at_ms,
    )


def _proxy_ended(part: ProxyState, _: ProxyEnded, header: Header) -> ProxyState:
    return msgspec.structs.replace(part, until_ms=header.at_ms, changed_ms=header.at_ms)


def _proposed(_: ChangeState, body: ChangeProposed, header: Header) -> ChangeState:
    return ChangeState(
        change=body.change,
        reason=body.reason,
        proposed_by=header.actor_id,
        proposer=header.author.name,
        proposed_ms=header.at_ms,
    )


def _done(part: ChangeState, _: ChangeDone, header: Header) -> ChangeState:
    return msgspec.structs.replace(part, status="done", settled_by=header.author.name, settled_ms=header.at_ms)


def _withdrawn(part: ChangeState, _: ChangeWithdrawn, header: Header) -> ChangeState:
    return msgspec.structs.replace(part, status="withdrawn", settled_by=header.author.name, settled_ms=header.at_ms)


KINDS: tuple[Kind[Any, Any], ...] = (
    Kind(body=PersonRegistered, part=PersonState, fold=_registered),
    Kind(body=PersonsMerged, part=PersonState, fold=_merged),
    Kind(body=PersonsParted, part=PersonState, fold=_parted),
    Kind(body=ProtectionSet, part=PersonState, fold=_protected),
    Kind(body=IdentityGiven, part=IdentityState, fold=_given),
    Kind(body=IdentityEnded, part=IdentityState, fold=_ended),
    Kind(body=ProxyGiven, part=ProxyState, fold=_proxy_given),
    Kind(body=ProxyEnded, part=ProxyState, fold=_proxy_ended),
    Kind(body=ChangeProposed, part=ChangeState, fold=_proposed),
    Kind(body=ChangeDone, part=ChangeState, fold=_done),
    Kind(body=ChangeWithdrawn, part=ChangeState, fold=_withdrawn),
)
