"""Judging a group of appends against the rows they touch: pure but for random salts. No SQL here.

Every append is answered by itself: a refused one leaves no trace and never harms its neighbours.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

import msgspec

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Commit, Head
from core.log.body import Author, Body
from core.log.entry import Entry, Header
from core.log.kinds import Kinds
from core.log.seal import FIRST_LINK, SALT_BYTES, MasterKeys, Sealer, next_link, salted_digest, wrap_new_key
from core.log.state import State

Verdict = Appended | FyrError


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One row of the table `entry`."""

    stream: StreamId
    no: int
    patient_no: int | None
    header: bytes
    link: bytes
    body: bytes


@dataclass(slots=True)
class Judgement:
    """What is to be written, and the answer to each append in the order they came."""

    heads: dict[StreamId, Head]
    once: dict[tuple[str, str], Appended]
    at_ms: int
    entries: list[EntryRow] = field(default_factory=list)
    new_once: dict[tuple[str, str], Appended] = field(default_factory=dict)
    topics: dict[tuple[str, StreamId], int] = field(default_factory=dict)
    changed: dict[StreamId, Head] = field(default_factory=dict)
    verdicts: list[Verdict] = field(default_factory=list)
    commits: list[Commit] = field(default_factory=list)


class Judge:
    """Knows the kinds and the keys; holds nothing of any stream."""

    def __init__(self, kinds: Kinds, masters: MasterKeys) -> None:
        self._kinds = kinds
        self._masters = masters

    def judge(self, group: Sequence[Append], judgement: Judgement) -> None:
        """Fill in the judgement for every append of the group."""
        for append in group:
            try:
                verdict: Verdict = self._one(append, judgement)
            except FyrError as refusal:
                verdict = refusal
            judgement.verdicts.append(verdict)

    def _one(self, append: Append, judgement: Judgement) -> Appended:
        sender = (append.actor.id, append.client_id)
        first = judgement.once.get(sender) or judgement.new_once.get(sender)
        if first is not None:
            return replace(first, repeated=True)
        for body in append.bodies:
            self._kinds.of(body)  # an unknown kind is refused before anything is touched
        head = self._head(append, judgement)
        if append.require is not None:
            append.require(head)
        return self._write(append, head, judgement)

    def _head(self, append: Append, judgement: Judgement) -> Head:
        head = judgement.heads.get(append.stream)
        if head is not None:
            return head
        if append.create is None:
            raise FyrError("not_found")
        key, wrapped = wrap_new_key(self._masters, append.stream)
        return Head(
            stream=append.stream,
            last_no=0,
            content_no=0,
            patient_no=0,
            link=FIRST_LINK,
            chain_key=self._masters.current,
            key=key,
            wrapped_key=wrapped,
            state=State(),
            scope=append.create,
            fresh=True,
        )

    def _write(self, append: Append, head: Head, judgement: Judgement) -> Appended:
        before = None if head.fresh and head.last_no == 0 else head.state
        first_no = head.last_no + 1
        chain_key = self._masters.derived(head.chain_key, "chain")
        entries = tuple(
            self._entry(append, head, body, chain_key=chain_key, judgement=judgement) for body in append.bodies
        )
        seen = [entry.header.patient_no for entry in entries if entry.header.patient_no is not None]
        done = Appended(head.stream, first_no, head.last_no, seen[-1] if seen else None, judgement.at_ms)
        judgement.heads[head.stream] = judgement.changed[head.stream] = head
        judgement.new_once[append.actor.id, append.client_id] = done
        judgement.commits.append(Commit(head.stream, entries, before, head.state, head))
        return done

    def _entry(self, append: Append, head: Head, body: Body, *, chain_key: bytes, judgement: Judgement) -> Entry:
        salt, plain = os.urandom(SALT_BYTES), msgspec.json.encode(body)
        header = self._header(append, head, body, at_ms=judgement.at_ms, digest=salted_digest(salt, plain))
        raw = msgspec.json.encode(header)
        head.link = next_link(chain_key, head.link, raw)
        sealed = Sealer(head.key).seal(salt + plain, f"{head.stream}/{header.no}")
        judgement.entries.append(EntryRow(head.stream, header.no, header.patient_no, raw, head.link, sealed))
        self._fold(head, header, body, topics=judgement.topics)
        return Entry(header, body)

    def _header(self, append: Append, head: Head, body: Body, *, at_ms: int, digest: str) -> Header:
        kind = self._kinds.of(body)
        role = append.actor.role_at(head.scope.unit_id)
        return Header(
            stream=head.stream,
            no=head.last_no + 1,
            kind=kind.name,
            version=kind.version,
            at_ms=at_ms,
            actor_id=append.actor.id,
            author=Author(kind=append.actor.kind, name=append.actor.name, role=role.role if role else ""),
            purpose=append.actor.purpose,
            unit_id=head.scope.unit_id,
            provider_id=head.scope.provider_id,
            client_id=append.client_id,
            patient_no=head.patient_no + 1 if self._kinds.view(body, "patient") is not None else None,
            digest=digest,
        )

    def _fold(self, head: Head, header: Header, body: Body, *, topics: dict[tuple[str, StreamId], int]) -> None:
        kind = self._kinds.of(body)
        part = kind.fold(head.state.get(kind.part), body, header)
        head.state = head.state.with_part(part)
        head.last_no = header.no
        head.content_no = header.no if kind.content else head.content_no
        head.patient_no = header.patient_no or head.patient_no
        head.touched_units.add(head.scope.unit_id)
        if kind.scope is not None:
            head.scope = msgspec.structs.replace(head.scope, unit_id=kind.scope(body))
            head.touched_units.add(head.scope.unit_id)
        for topic in kind.topics:
            topics[topic, head.stream] = header.no
