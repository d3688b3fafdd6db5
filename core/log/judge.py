"""Judging a group of appends against the heads they build on: pure but for random salts and keys. No SQL here.

Every append is answered by itself: a refused one leaves no trace and never harms its neighbours. Heads that come in are
left as they are; what changes are copies, so that a group that could not be written changes nothing.
"""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, Protocol

import msgspec
from msgspec.structs import force_setattr

from core.errors import FyrError
from core.ids import StreamId
from core.log.append import Append, Appended, Commit, Head
from core.log.author import Hand, hand_of
from core.log.body import Body
from core.log.ending import refuse_ended
from core.log.entry import Entry, Header
from core.log.kinds import Kind, Kinds
from core.log.seal import FIRST_LINK, MasterKeys, salted_digest, sealer_of, wrap_new_key
from core.log.state import State

Verdict = Appended | Exception
Sender = tuple[str, str]
"""An actor's id and their `client_id`: what may be written once."""
Known = Mapping[StreamId, Head | FyrError]
"""Heads as far as they are known; a row that was altered is known by its error, which its own stream's appends hear."""
Topics = dict[tuple[str, StreamId], int]


class Firsts(Protocol):
    """First results, as far as they are known."""

    def get(self, sender: Sender, /) -> Appended | None:
        """Of what this sender has sent."""
        ...


_encode = msgspec.json.Encoder().encode
_same = msgspec.structs.replace
"""A copy of its own."""


class EntryRow(NamedTuple):
    """One row of the table `entry`."""

    stream: StreamId
    no: int
    patient_no: int | None
    header: bytes
    link: bytes
    body: bytes | None
    """None once it was erased."""


@dataclass(slots=True)
class Judgement:
    """What is to be written, and the answer to each append in the order they came. What touches one stream is written
    together or not at all; a stream that was overtaken takes no other down with it."""

    at_ms: int
    group: Sequence[Append] = ()
    before: dict[StreamId, Head] = field(default_factory=dict)
    """The heads the group builds on, as they were before it."""
    heads: dict[StreamId, Head] = field(default_factory=dict)
    """The heads the group changes, as they are after it."""
    entries: list[EntryRow] = field(default_factory=list)
    new_once: dict[Sender, Appended] = field(default_factory=dict)
    topics: Topics = field(default_factory=dict)
    """What is to be worked on afterwards: once a stream and topic, as of its newest entry."""
    verdicts: list[Verdict] = field(default_factory=list)
    places: list[int] = field(default_factory=list)
    """Whose each verdict is: the append's place in the group."""
    added: dict[StreamId, list[Entry]] = field(default_factory=dict)
    """The new entries of each stream, in order."""
    refuses: bool = False
    """Whether any append was refused."""

    @property
    def commits(self) -> list[Commit]:
        """What the group changes, one stream after the other."""
        return [
            Commit(name, tuple(entries), before.state if (before := self.before.get(name)) else None, head.state, head)
            for name, entries in self.added.items()
            for head in (self.heads[name],)
        ]

    def without(self, streams: Collection[StreamId]) -> tuple["Judgement", list[int]]:
        """What is left of it when nothing was written to these streams, and the places of what is to be judged anew."""
        kept, left = Judgement(self.at_ms, self.group, before=self.before), list[int]()
        for place, verdict in zip(self.places, self.verdicts, strict=True):
            # A repeat within the group is answered by its first, wherever that lies.
            if self.group[place].stream in streams or (isinstance(verdict, Appended) and verdict.stream in streams):
                left.append(place)
            else:
                kept.places.append(place)
                kept.verdicts.append(verdict)
        kept.heads = {name: head for name, head in self.heads.items() if name not in streams}
        kept.entries = [row for row in self.entries if row.stream not in streams]
        kept.new_once = {sender: done for sender, done in self.new_once.items() if done.stream not in streams}
        kept.topics = {key: no for key, no in self.topics.items() if key[1] not in streams}
        kept.added = {name: entries for name, entries in self.added.items() if name not in streams}
        return kept, left


class Judge:
    """Knows the kinds and the keys; holds nothing of any stream."""

    def __init__(self, kinds: Kinds, masters: MasterKeys) -> None:
        self._kinds = kinds
        self._masters = masters

    def judge(self, group: Sequence[Append], *, known: Known, once: Firsts, at_ms: int) -> Judgement:
        """The judgement of every append of the group, given the heads and first results that are known."""
        judgement = Judgement(at_ms, group, places=list(range(len(group))))
        for append in group:
            try:
                verdict: Verdict = self._one(append, judgement, known=known, once=once)
            except Exception as failure:  # noqa: BLE001 - a fault of one is its own: its neighbours are written
                verdict, judgement.refuses = failure, True
            judgement.verdicts.append(verdict)
        return judgement

    def _one(self, append: Append, judgement: Judgement, *, known: Known, once: Firsts) -> Appended:
        sender = (append.actor.id, append.client_id)
        first = once.get(sender) or judgement.new_once.get(sender)
        if first is not None:
            return msgspec.structs.replace(first, repeated=True)
        was = judgement.heads.get(append.stream) or self._head(append, judgement, known=known)
        refuse_ended(append, was)
        if append.require is not None:
            append.require(was)
        head = _same(was)
        entries, rows, topics = self._entries(append, head, judgement.at_ms)
        seen = head.patient_no if head.patient_no != was.patient_no else None
        done = Appended(head.stream, was.last_no + 1, head.last_no, seen, judgement.at_ms)
        judgement.heads[head.stream] = head
        judgement.new_once[sender] = done
        judgement.entries += rows
        if (added := judgement.added.get(head.stream)) is not None:
            added += entries
        else:
            judgement.added[head.stream] = entries
        judgement.topics |= topics
        return done

    def _head(self, append: Append, judgement: Judgement, *, known: Known) -> Head:
        """The head this group starts from; its units and their numbers are shared by the copies that follow."""
        head = known.get(append.stream)
        if isinstance(head, FyrError):
            raise head
        if head is not None:
            judgement.before[append.stream] = head
            ours = _same(head)
            ours.fresh, ours.touched_units, ours.unit_numbers, ours.folded = False, set(), {}, set()
            return ours
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

    def _entries(self, append: Append, head: Head, at_ms: int) -> tuple[list[Entry], list[EntryRow], Topics]:
        """The entries, their rows and what is to be worked on; the head moves on."""
        chain, sealer, stream = self._masters.chain(head.chain_key), sealer_of(head.key), head.stream
        entries: list[Entry] = []
        rows: list[EntryRow] = []
        topics: Topics = {}
        for body in append.bodies:
            kind, plain, no = self._kinds.of(body), _encode(body), head.last_no + 1
            salt, sealed = sealer.seal_salted(plain, f"{stream}/{no}")
            hand = hand_of(append.actor, stream, head.scope, sealer=sealer)
            header = _header(append, head, kind, body=body, hand=hand, at_ms=at_ms, digest=salted_digest(salt, plain))
            raw = _encode(header)
            force_setattr(header, "author", hand.shown)  # nobody has seen it yet: cheaper than a copy
            head.link = chain.next_link(head.link, raw)
            entries.append(Entry(header, body))
            rows.append(EntryRow(stream, no, header.patient_no, raw, head.link, sealed))
            _fold(head, kind, header, body=body)
            # An entry that could say something to an assessor, and does not, gives nobody anything to do.
            if kind.topics and (kind.says is None or kind.says(body, header) is not None):
                for topic in kind.topics:
                    topics[topic, stream] = header.no
        return entries, rows, topics


def _header(
    append: Append, head: Head, kind: Kind[Any, Any], *, body: Body, hand: Hand, at_ms: int, digest: str
) -> Header:
    """As it is chained: with its author's name sealed."""
    scope, show = head.scope, kind.views.get("patient")
    return Header(
        stream=head.stream,
        no=head.last_no + 1,
        kind=kind.name,
        version=kind.version,
        at_ms=at_ms,
        actor_id=append.actor.id,
        author=hand.kept,
        purpose=hand.purpose,
        unit_id=scope.unit_id,
        provider_id=scope.provider_id,
        client_id=append.client_id,
        patient_no=head.patient_no + 1 if show is not None and show(body) is not None else None,
        digest=digest,
        session=hand.session,
    )


def _fold(head: Head, kind: Kind[Any, Any], header: Header, *, body: Body) -> None:
    part = head.state.get(kind.part)
    folded = kind.fold(part, body, header)
    if folded is not part:
        head.state = head.state.with_part(folded)
        head.folded.add(kind.part)
    head.last_no = header.no
    head.content_no = header.no if kind.content else head.content_no
    head.patient_no = header.patient_no or head.patient_no
    head.touched_units.add(head.scope.unit_id)
    if kind.scope is not None:
        head.scope = msgspec.structs.replace(head.scope, unit_id=kind.scope(body))
        head.touched_units.add(head.scope.unit_id)
