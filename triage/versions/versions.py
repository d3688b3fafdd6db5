"""The commands on content sets, and which set is in force."""

from functools import cache
from typing import NamedTuple

from core.actor import Actor
from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Head, Require
from core.log.body import Body
from core.log.entry import Scope
from core.log.log import Log
from triage.content import Content, load_content
from triage.content.files import SHIPPED
from triage.versions.entries import ContentApproved, ContentProposed, ContentWithdrawn, Rehearsed
from triage.versions.kinds import ContentSet
from triage.versions.pack import Pack, pack, unpack
from triage.versions.store import PREFIX, ContentSets

REASON_LIMIT = 1_000
MOST_LISTED = 50


class Versions:
    """Content sets are proposed, approved by two persons, or withdrawn. Nothing about one is overwritten."""

    def __init__(self, log: Log, sets: ContentSets) -> None:
        self._log = log
        self._sets = sets

    async def propose(
        self, actor: Actor, made: Pack, *, reason: str, rehearsed: Rehearsed, client_id: str
    ) -> ContentSet:
        """Put a set up for approval; an earlier approval of it counts no more. Raises `empty`, `too_long`."""
        _check(reason)
        await self._sets.keep(made)
        body = ContentProposed(version=made.version, sha256=made.sha256, reason=reason.strip(), rehearsed=rehearsed)
        return await self._append(made.version, body, actor, client_id=client_id, create=Scope())

    async def approve(self, actor: Actor, version: str, sha256: str, *, client_id: str) -> ContentSet:
        """One person's approval of exactly these files. Raises `not_found`, `wrong_state`, `second_person`."""

        def require(head: Head) -> None:
            part = head.state.get(ContentSet)
            if part.status != "proposed" or part.sha256 != sha256:
                raise FyrError("wrong_state", state=part.status)
            if actor.id == part.proposed_by or actor.id in part.approved_by:
                raise FyrError("second_person")

        body = ContentApproved(sha256=sha256)
        return await self._append(version, body, actor, client_id=client_id, require=require)

    async def withdraw(self, actor: Actor, version: str, *, reason: str, client_id: str) -> ContentSet:
        """Take back what is not in force. Raises `not_found`, `wrong_state`, `empty`, `too_long`."""
        _check(reason)

        def require(head: Head) -> None:
            part = head.state.get(ContentSet)
            if part.status != "proposed":
                raise FyrError("wrong_state", state=part.status)

        body = ContentWithdrawn(reason=reason.strip())
        return await self._append(version, body, actor, client_id=client_id, require=require)

    async def standing(self) -> list[ContentSet]:
        """How the sets proposed last stand, the newest first."""
        rows = await self._sets.newest(MOST_LISTED)
        return [(await self._log.head(_stream(row.version))).state.get(ContentSet) for row in rows]

    async def _append(
        self,
        version: str,
        body: Body,
        actor: Actor,
        *,
        client_id: str,
        require: Require | None = None,
        create: Scope | None = None,
    ) -> ContentSet:
        stream = _stream(version)
        await self._log.append(Append(stream, (body,), actor, client_id, require=require, create=create))
        return (await self._log.head(stream)).state.get(ContentSet)


class InForce(NamedTuple):
    """The content that judges from the start of a node to its end."""

    content: Content
    files: bytes
    """Its pack; empty when it is the set we ship."""


async def content_in_force(sets: ContentSets) -> InForce:
    """The set that two persons have approved last; else the one we ship, which is kept as what judges from now on.

    Raises `content_invalid` when the approved set's files are not those that were approved, or this release cannot
    read them.
    """
    row = await sets.in_force()
    if row is None:
        content = load_content()
        await sets.keep(_shipped_pack())
        return InForce(content, b"")
    data = await sets.files(row.version, row.sha256)
    if data is None:
        raise FyrError("content_invalid", problems=[f"the approved content set {row.version} is not in the database"])
    return InForce(unpack(data, row.sha256), data)


async def content_for(sets: ContentSets, version: str) -> Content | None:
    """The content of any version that ever judged; None when it was not kept."""
    data = await sets.files(version)
    if data is not None:
        return unpack(data)
    shipped = load_content()
    return shipped if shipped.version == version else None


@cache
def _shipped_pack() -> Pack:
    return pack(SHIPPED, load_content().version)


def _stream(version: str) -> StreamId:
    return StreamId(f"{PREFIX}{version}")


def _check(reason: str) -> None:
    if not reason.strip():
        raise FyrError("empty", field="reason")
    if len(reason) > REASON_LIMIT:
        raise FyrError("too_long", field="reason", limit=REASON_LIMIT)
